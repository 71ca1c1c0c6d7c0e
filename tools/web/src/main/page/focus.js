// Where the focus goes when what has it is disabled, hidden or removed: browsers let it fall to the document.

const isUsable = (element) => !element.matches(":disabled") && element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

/** Moves it to the group or section around, from then on. */
export function keepFocus() {
  let last = null;
  let around = null;
  document.addEventListener("focusin", ({ target }) => {
    last = target;
    around = target.parentElement.closest("[role=group][tabindex], section[tabindex]");
  });
  document.addEventListener("focusout", ({ target }) => {
    // The user left it, unless it is being removed.
    queueMicrotask(() => last === target && isUsable(target) && (last = null));
  });
  new MutationObserver(() => {
    if (last === null || ![last, document.body].includes(document.activeElement) || isUsable(last)) return;
    last = null;
    around?.focus({ preventScroll: true });
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["class", "disabled", "hidden"] });
}
