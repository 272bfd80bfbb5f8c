"use strict";
// The same tokens as core/store/tokens.py: Hangul in pairs of syllables, other letters as whole words. What is typed
// is only ever compared with and shown as text.
(function () {
  const index = JSON.parse(document.getElementById("index").textContent);
  const certain = new RegExp(index.particles[0]);
  const likely = new RegExp(index.particles[1]);
  const syllables = "가-힣぀-ヿ㐀-鿿";
  const runs = new RegExp(`[가-힣]+|[぀-ヿ㐀-鿿]+|[0-9]+|(?:(?![${syllables}])\\p{L})+`, "gu");
  const isSyllables = new RegExp(`^[${syllables}]`);
  const MOST = 50, LONG = 4;

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
  const singular = (word) =>
    word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;

  function pairs(run) {
    if (!isSyllables.test(run)) return [singular(run.slice(0, 40))];
    const made = [];
    for (let i = 0; i + 1 < run.length; i++) made.push(run.slice(i, i + 2));
    return made.length ? made : [run];
  }

  const tokens = (text) => (folded(text).match(runs) || []).flatMap(pairs);

  function stem(word) {
    if (!isSyllables.test(word)) return word;
    let bare = word.replace(certain, "");
    if (bare.length >= 2 && bare !== word) return bare;
    bare = word.replace(likely, "");
    return bare.length >= 3 ? bare : word;
  }

  function bare(word) {
    const found = folded(word).match(runs) || [];
    if (!found.length) return [];
    const last = found[found.length - 1];
    const all = (pattern) => (last.match(pattern) || [""])[0] === last;
    if (found.length > 1 && (all(certain) || all(likely))) return found.slice(0, -1);
    return [...found.slice(0, -1), stem(last)];
  }

  function phrases(word) {
    const parts = bare(word);
    if (!parts.length) return [];
    const last = parts[parts.length - 1];
    const head = parts.slice(0, -1).flatMap(pairs);
    const made = [[...head, ...pairs(last)]];
    if (last.length >= LONG && isSyllables.test(last)) {
      for (let cut = 1; cut < last.length; cut++) {
        made.push([...head, ...pairs(last.slice(0, cut)), ...pairs(last.slice(cut))]);
      }
    }
    return made;
  }

  function stands(phrase, text) {
    const lone = phrase.length === 1 && /^[가-힣]$/.test(phrase[0]);
    for (let at = 0; at + phrase.length <= text.length; at++) {
      if (phrase.every((token, n) => (lone ? text[at + n].startsWith(token) : text[at + n] === token))) return true;
    }
    return false;
  }

  const stories = index.stories.map((story) => ({ story, text: null }));
  function find(query) {
    const asked = query.split(/\s+/).map(phrases).filter((each) => each.length);
    if (!asked.length) return null;
    return stories.filter((each) => {
      each.text = each.text || tokens(each.story.slice(2).join("\n"));
      return asked.every((word) => word.some((phrase) => stands(phrase, each.text)));
    }).map((each) => each.story);
  }

  function show(query) {
    const found = find(query), list = document.getElementById("found"), said = document.getElementById("said");
    list.replaceChildren();
    said.textContent = found === null ? index.hint : found.length ? `${found.length}건` : "찾은 이슈가 없습니다.";
    if (found && found.length > MOST) said.textContent += ` 가운데 최근 ${MOST}건`;
    for (const [page, n, headline, keywords, title] of (found || []).slice(0, MOST)) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `${page}.html#i${n}`;
      link.textContent = headline;
      const more = document.createElement("span");
      more.textContent = [`${page.slice(0, 10)} ${n}번`, keywords, title].filter(Boolean).join(" · ");
      item.append(link, more);
      list.append(item);
    }
  }

  const input = document.getElementById("query");
  input.value = new URLSearchParams(location.search).get("q") || "";
  input.addEventListener("input", () => show(input.value));
  show(input.value);
})();
