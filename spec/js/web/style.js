// What <kmq-img> looks like before the page's own rules, which come before those of :host.

const SHARED = `
  :host { display: inline-block; width: fit-content; overflow: hidden; vertical-align: baseline; object-fit: fill }
  :host([hidden]) { display: none }
  canvas { display: block; width: 100%; min-height: 100%; max-height: 100%; object-fit: inherit; object-position: inherit }
  canvas[hidden], span[hidden] { display: none }
`;

/** The sheet of all elements, by document */
const shared = new WeakMap();

/**
 * The sheets of an element: one of all elements and its own. Unlike style elements, no policy forbids them, but
 * they are of one document; one without a window has none and shows nothing.
 */
export function imageStyle(document) {
  const view = document.defaultView;
  if (view === null) return { sheets: [], rule: {} };
  const sheet = (text) => {
    const made = new view.CSSStyleSheet();
    made.replaceSync(text);
    return made;
  };
  if (!shared.has(document)) shared.set(document, sheet(SHARED));
  const own = sheet(":host {}");
  return { sheets: [shared.get(document), own], rule: own.cssRules[0].style };
}

/** Attributes and the size of the image as hints, like those of <img>: any rule of the page overrides them. */
export function setHints({ rule }, widthAttribute, heightAttribute, image) {
  const width = dimension(widthAttribute);
  const height = dimension(heightAttribute);
  rule.width = width ?? "";
  rule.height = height ?? "";
  const isGiven = width?.endsWith("px") && height?.endsWith("px");
  if (image) rule.aspectRatio = `auto ${image.width} / ${image.height}`;
  else rule.aspectRatio = isGiven ? `auto ${parseFloat(width)} / ${parseFloat(height)}` : "";
}

/** A length of HTML as one of CSS: a number of pixels or of percent, or null. */
export function dimension(value) {
  const found = /^\s*\+?(\d+(?:\.\d*)?|\.\d+)(%?)/.exec(value ?? "");
  return found && `${Number(found[1])}${found[2] || "px"}`;
}
