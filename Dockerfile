# docker build -t broadsheet .
# docker run --init -p 127.0.0.1:3000:3000 -v broadsheet:/data broadsheet
FROM node:22-bookworm AS build
WORKDIR /app
COPY . .
RUN node scripts/build.mjs && sh scripts/deploy/slim.sh

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
# The program belongs to root and runs as node, so it cannot change itself. It writes to /data and /tmp only.
COPY --from=build /app /app
RUN install --directory --owner=node --group=node --mode=0700 /data && ln -s /data /app/data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --retries=5 CMD ["node", "scripts/deploy/check-health.mjs"]
CMD ["node", "--max-semi-space-size=8", "scripts/start.mjs"]
