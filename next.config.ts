import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  compress: false, // lib/http keeps the compressed bytes
  generateEtags: false, // and makes the ETags
  htmlLimitedBots: /./, // sends the title and description in the head to everyone, instead of streaming them later
  redirects: async () => [
    { source: "/reads", destination: "/sources", permanent: true },
    { source: "/trends", destination: "/topics", permanent: true },
  ],
  serverExternalPackages: ["better-sqlite3", "@prisma/adapter-better-sqlite3"],
};

export default config;
