/** What the proposal means, in words, and the pages as readers will see them. */
import { filled } from "../../../quiz/browser/fill.mjs";
import { all, one, onPress } from "../../../quiz/browser/form.mjs";

const QUIET = 600; // milliseconds without a change after which the meaning is asked for: it takes longer than a check

/**
 * @param {HTMLFormElement} form
 * @param {(request: object) => Promise<any>} ask asks Python
 * @param {() => Record<string, string>} proposal the files that are changed
 */
export function startMeaning(form, ask, proposal) {
  const place = one(form, "[data-fill=meaning]");
  const preview = one(form, "[data-preview]");
  const shown = one(preview, "[data-preview-page]");
  const page = shown.attachShadow({ mode: "open" });
  const selfCheck = new URL(`../../${shown.dataset.selfCheck}`, import.meta.url); // this file is in redigera/app-<hash>/
  let address = "";
  let timer = 0;
  let turn = 0;

  onPress(place, async ({ dataset }) => {
    address = dataset.address ?? "";
    await show(turn);
    one(preview, "#preview-title").focus();
  });

  /** @param {number} asked */
  async function explain(asked) {
    const reply = await ask({ kind: "meaning", files: proposal() }).catch(() => {});
    if (asked !== turn || reply?.kind !== "meaning") return;
    one(form, "[data-explaining]").hidden = true;
    place.replaceChildren(filled("meaning", reply));
    one(form, "#letter", HTMLTextAreaElement).value = reply.letter;
    if (reply.pages.every((/** @type {{address: string}} */ shown) => shown.address !== address)) address = "";
    await show(asked);
  }

  /** @param {number} asked */
  async function show(asked) {
    preview.hidden = !address;
    if (!address) return;
    const reply = await ask({ kind: "preview", files: proposal(), address }).catch(() => {});
    if (asked !== turn || reply?.kind !== "preview") return;
    one(preview, "[data-preview-title]").textContent = reply.title;
    const article = Object.assign(document.createElement("article"), { className: "prose", innerHTML: reply.html });
    for (const link of all(article, "a")) link.setAttribute("target", "_blank"); // the proposal stays where it is
    page.replaceChildren(...styles(reply.styles), article);
  }

  /** The style sheets of this page and of the other. @param {string[]} others in assets/, or of the self-check */
  function styles(others) {
    const own = all(document, "link[rel=stylesheet]", HTMLLinkElement).map(({ href }) => href);
    const assets = own.find((href) => href.endsWith("/base.css")); // where assets/ is: its name has a hash
    const their = others.map((name) =>
      name.startsWith("assets/") ? new URL(name.replace("assets/", ""), assets) : new URL(name, selfCheck),
    );
    return [...own, ...their.map(({ href }) => href)].map((href) =>
      Object.assign(document.createElement("link"), { rel: "stylesheet", href }),
    );
  }

  return {
    /** @param {boolean} isWhole whether there is a change, and nothing wrong with it */
    tell(isWhole) {
      clearTimeout(timer);
      turn++;
      one(form, "[data-explaining]").hidden = !isWhole || place.hasChildNodes();
      if (isWhole) timer = setTimeout(() => void explain(turn), QUIET);
      else {
        place.replaceChildren();
        preview.hidden = true;
      }
    },
  };
}
