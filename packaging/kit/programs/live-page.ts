/**
 * The page that a browser keeps open while `check --watch --open` runs: it shows `/report` in a frame that fills it
 * and loads the frame again at each event of `/events`, where it was scrolled to. The report itself needs no script
 * for that and stays the page that opens from a file; whoever wants to move between versions more smoothly replaces
 * this page and nothing else.
 */
export function livePage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Checks</title>
<style>html,body{margin:0;height:100%}iframe{display:block;border:0;width:100%;height:100%}</style>
</head>
<body>
<iframe title="Report" src="/report"></iframe>
<script>
const frame = document.querySelector('iframe');
let shown;
new EventSource('/events').onmessage = ({ data }) => {
  if (shown !== undefined && data !== shown) {
    const { scrollX, scrollY } = frame.contentWindow;
    frame.addEventListener('load', () => frame.contentWindow.scrollTo(scrollX, scrollY), { once: true });
    frame.contentWindow.location.reload();
  }
  shown = data;
};
</script>
</body>
</html>
`;
}
