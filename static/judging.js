// Judging by keyboard: j and k move, a, r and l judge; the page works without it.
const rows = [...document.querySelectorAll(".candidate")];
const verdicts = { a: "accept", r: "refuse", l: "later" };

function count() {
  for (const output of document.querySelectorAll("[data-verdict]")) {
    const chosen = `.candidate [value="${output.dataset.verdict}"]:checked`;
    output.value = document.querySelectorAll(chosen).length;
  }
}

function go(to) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
  row.focus();
  row.scrollIntoView({ block: "center" });
}

if (rows.length) {
  const keys = document.querySelector(".keys");
  if (keys) keys.hidden = false;
  document.addEventListener("change", count);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("select, textarea, input:not([type=radio])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const at = rows.indexOf(document.activeElement.closest(".candidate"));
    if (key === "j") go(at + 1);
    else if (key === "k") go(at < 0 ? 0 : at - 1);
    else if (key in verdicts && at >= 0) {
      rows[at].querySelector(`[value="${verdicts[key]}"]`).checked = true;
      count();
      go(at + 1);
    } else return;
    event.preventDefault();
  });
  count();
}
