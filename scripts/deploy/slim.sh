#!/bin/sh
# Removes what only building needs from a finished build, and marks it as complete, so that programs run without setup.
# The Dockerfile runs it. In a folder that is to be updated later, do not.
set -eu
cd "$(dirname "$0")/../.."
[ -f .next/BUILD_ID ] || { echo "slim: expected a finished build; run npm run build first" >&2; exit 1; }

npm uninstall --no-save --omit=dev --ignore-scripts --offline --no-audit --no-fund --loglevel=error \
  prisma typescript esbuild subset-font tailwindcss @tailwindcss/postcss @playwright/test \
  @fontsource-variable/inter @fontsource-variable/newsreader @types/node @types/react @types/react-dom @types/mdast

cd node_modules
rm -rf @next/swc-* better-sqlite3/deps better-sqlite3/src
rm -rf next/dist/esm next/dist/docs next/dist/compiled/*-experimental
# Prisma ships its compiler for every database and for every runtime. These two are ours.
find @prisma/client/runtime -type f -name '*.wasm*' ! -name '*sqlite*' ! -name '*postgresql*' -delete
find . -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
cd ..
rm -rf .next/cache .next/diagnostics .next/trace .next/trace-build .next/types
touch .built
