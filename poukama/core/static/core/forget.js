// What others left in this browser goes when somebody else comes, and everything when somebody signs out. On a page
// without anybody, or a locked one, what is kept stays and is not opened.
import { forget, shut } from "./kept.js";

const member = document.documentElement.dataset.member;

async function tidy() {
  // The page that stands without a server is nobody's and everybody's: it opens what was not shut before.
  if (document.querySelector("[data-shell]")) return;
  if (document.querySelector("[data-forget]")) await forget();
  else if (!member || document.querySelector("[data-shut]")) await shut();
  else await forget(member);
}

// A browser that keeps nothing has nothing to forget.
tidy().catch(() => {});
