/** `postgresql://db.example/broadsheet`, without the login and the options. */
export function nameOfDatabase(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
