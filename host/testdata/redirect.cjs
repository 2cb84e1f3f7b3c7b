// Sends what the npm servers say to GitHub and Slack to a stand-in on loopback:
// both have their hosts built in and use the global fetch.
const base = process.env.STAND_IN;
const hosts = new Set(['api.github.com', 'slack.com']);
const real = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(typeof input === 'string' ? input : input.url ?? String(input));
  if (!base || !hosts.has(url.host)) return real(input, init);
  return real(`${base}/${url.host}${url.pathname}${url.search}`, init);
};
