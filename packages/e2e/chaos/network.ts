/** Whether somebody's machine reaches anything; asleep, it does not even try. */
export interface Network {
  state: 'up' | 'down' | 'asleep'
}

/** Fails at once while there is no network, as a browser's fetch does. */
export async function fetchOver(
  network: Network,
  url: string,
  init: RequestInit,
): Promise<Response> {
  if (network.state !== 'up') throw new TypeError('The network is down')
  return fetch(url, init)
}
