/** The debug console at /: what Pusher would see, and nothing more. */
export const CONSOLE_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Pusher - local stand-in</title>
    <link rel="stylesheet" href="/__emulator/console.css" />
    <script src="/__emulator/console.js" defer></script>
  </head>
  <body>
    <p class="ribbon">Local stand-in</p>
    <header>
      <h1>Pusher Channels</h1>
      <p>Everything below is what the vendor would see: names, sizes, times and ciphertext.</p>
    </header>
    <main>
      <dl id="figures" aria-label="Live figures">
        <div><dt>Connections</dt><dd id="connections">0</dd></div>
        <div><dt>Signed-in users</dt><dd id="users">0</dd></div>
        <div><dt>Messages a second</dt><dd id="rate">0</dd></div>
        <div><dt>Messages in total</dt><dd id="deliveries">0</dd></div>
        <div><dt>Publishes</dt><dd id="publishes">0</dd></div>
        <div><dt>Fault</dt><dd id="fault">none</dd></div>
      </dl>
      <section aria-labelledby="channels-title">
        <h2 id="channels-title">Channels</h2>
        <table>
          <thead><tr><th scope="col">Name</th><th scope="col">Subscriptions</th><th scope="col">Members</th></tr></thead>
          <tbody id="channels"></tbody>
        </table>
        <p id="no-channels" class="quiet">No channel is occupied.</p>
      </section>
      <section aria-labelledby="tail-title">
        <h2 id="tail-title">Recent events</h2>
        <ol id="tail"></ol>
        <p id="no-tail" class="quiet">Nothing has happened yet.</p>
      </section>
    </main>
    <p id="status" class="quiet" role="status">Connecting</p>
  </body>
</html>
`
