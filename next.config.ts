import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  compress: false, // lib/http keeps the compressed bytes
  generateEtags: false, // and makes the ETags
  htmlLimitedBots: /./, // title and description stand in the head for everyone, never streamed after it
  redirects: async () => [
    { source: "/reads", destination: "/sources", permanent: true },
    { source: "/trends", destination: "/topics", permanent: true },
  ],
  serverExternalPackages: ["better-sqlite3", "@prisma/adapter-better-sqlite3"],
};

export default config;
