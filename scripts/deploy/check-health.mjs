// Exits with 0 if the server on this machine lives, for containers: their images have no curl.
const url = `http://127.0.0.1:${process.env.PORT || 3000}/api/health`;
const isAlive = await fetch(url, { signal: AbortSignal.timeout(4000) }).then(
  (answer) => answer.ok,
  () => false,
);
process.exit(isAlive ? 0 : 1);
