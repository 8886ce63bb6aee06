// Search in the whole book. The text comes as a script (search-index.js) when the reader first turns to the box, and
// MiniSearch with it: it forgives typing errors, takes our division into words (Chinese has no spaces) and needs no server.
(function () {
  'use strict';

  const { index, library, integrity } = document.currentScript.dataset;
  const form = document.querySelector('.search');
  const input = form.querySelector('input');
  const panel = form.querySelector('.search-panel');
  const status = form.querySelector('.search-status');
  const list = document.getElementById('search-results');
  const most = 30;
  const excerpt = 170;
  const weights = { heading: 1.3, card: 1.2, output: 0.8, code: 0.5, verdict: 0.6, notation: 0.6 }; // chapters before lists
  const chinese = /\p{Script=Han}/u;
  const letter = '[^\\s\\p{Script=Han}\\p{P}\\p{S}]';

  let loading;
  function load() {
    loading ??= Promise.all([window.deepNotesLoad(library, integrity), window.deepNotesLoad(index)]).then(() => prepare(window.deepNotesIndex));
    return loading;
  }

  function prepare({ pages, entries }) {
    const places = entries.map(([page, anchor, heading, text, kind], id) => ({
      id, address: pages[page][0] + (anchor && `#${encodeURIComponent(anchor)}`), page: pages[page][1], heading, text, kind,
    }));
    const words = new window.MiniSearch({ fields: ['heading', 'text'], tokenize: split, processTerm: (term) => term });
    words.addAll(places);
    return { places, words };
  }

  // Words, and of a run of Chinese its pairs of characters.
  function split(text) {
    return (text.toLowerCase().match(new RegExp(`\\p{Script=Han}+|${letter}+`, 'gu')) ?? []).flatMap((run) => {
      const characters = [...run];
      return chinese.test(run) && characters.length > 1 ? characters.slice(1).map((character, i) => characters[i] + character) : [run];
    });
  }

  // Every word has to be there, by its beginning or with one letter wrong, and most of the Chinese pairs.
  function find({ places, words }, query) {
    const asked = [...new Set(split(query))];
    const pairs = asked.filter((term) => chinese.test(term));
    const best = new Map(); // one result for each place
    const results = words.search(query, {
      prefix: true,
      fuzzy: (term) => !chinese.test(term) && term.length >= 5 && 1,
      boost: { heading: 2 },
      boostDocument: (id) => weights[places[id].kind] ?? 1,
    });
    for (const result of results) {
      const found = result.queryTerms.filter((term) => chinese.test(term)).length;
      const isWhole = result.queryTerms.length - found === asked.length - pairs.length && found >= pairs.length * 0.6;
      const place = places[result.id];
      // A paragraph whose heading alone matches adds nothing to the heading.
      const isOwn = !/^(text|output|code)$/.test(place.kind) || Object.values(result.match).some((fields) => fields.includes('text'));
      if (isWhole && isOwn && !best.has(place.address)) best.set(place.address, { ...place, at: marks(result.terms) });
    }
    return { isAsked: asked.length > 0, found: [...best.values()] };
  }

  function marks(terms) {
    return terms.map((term) => new RegExp(chinese.test(term) ? term : `(?<!${letter})${term}(?!${letter})`, 'gu'));
  }

  // ---- what is shown ------------------------------------------------------------------------------------------

  function ranges(text, marks) {
    const low = text.toLowerCase();
    const all = marks.flatMap((mark) => [...low.matchAll(mark)].map((match) => [match.index, match.index + match[0].length])).sort((a, b) => a[0] - b[0]);
    return all.reduce((joined, [from, to]) => {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
      return joined;
    }, []);
  }

  function marked(tag, name, text, at) {
    const element = document.createElement(tag);
    element.className = name;
    let end = 0;
    for (const [from, to] of ranges(text, at)) {
      const mark = document.createElement('mark');
      mark.textContent = text.slice(from, to);
      element.append(text.slice(end, from), mark);
      end = to;
    }
    element.append(text.slice(end));
    return element;
  }

  // The words around the first place, from the start of a word.
  function context(text, at) {
    const first = ranges(text, at)[0]?.[0] ?? 0;
    if (text.length <= excerpt) return text;
    let from = Math.max(0, Math.min(first - 50, text.length - excerpt));
    if (from > 0) from = Math.max(text.indexOf(' ', from) + 1 <= first ? text.indexOf(' ', from) + 1 : 0, from);
    return `${from > 0 ? '… ' : ''}${text.slice(from, from + excerpt)}${from + excerpt < text.length ? ' …' : ''}`;
  }

  function show({ isAsked, found }) {
    list.replaceChildren(...found.slice(0, most).map((entry, i) => {
      const link = document.createElement('a');
      link.href = entry.address;
      link.id = `search-result-${i}`;
      link.setAttribute('role', 'option');
      link.setAttribute('aria-selected', 'false');
      link.tabIndex = -1;
      const place = document.createElement('span');
      place.className = 'search-place';
      const kind = entry.kind === 'heading' || entry.kind === 'text' ? '' : entry.kind;
      place.textContent = [entry.heading === entry.page ? '' : entry.page, kind].filter(Boolean).join(' · ');
      link.append(marked('strong', 'search-heading', entry.heading || entry.page, entry.at), place);
      if (entry.text) link.append(marked('span', 'search-text', context(entry.text, entry.at), entry.at));
      return link;
    }));
    status.textContent = found.length === 0 ? (isAsked ? 'Nothing found' : '') : found.length > most ? `The best ${most} of ${found.length} places` : found.length === 1 ? '1 place' : `${found.length} places`;
    open(isAsked);
  }

  function open(isOpen) {
    panel.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    choose(-1);
  }

  let chosen = -1;
  function choose(next) {
    const options = list.children;
    options[chosen]?.setAttribute('aria-selected', 'false');
    chosen = options.length === 0 ? -1 : Math.min(next, options.length - 1);
    input.removeAttribute('aria-activedescendant');
    if (chosen < 0) return;
    options[chosen].setAttribute('aria-selected', 'true');
    options[chosen].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[chosen].id);
  }

  async function search() {
    try {
      show(find(await load(), input.value));
    } catch (error) {
      status.textContent = `The search needs ${error.message}, which can’t be read`;
      panel.hidden = false;
    }
  }

  const keys = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(Math.max(-1, chosen - 1)),
    Escape: () => { open(false); input.value = ''; },
    Enter: () => list.children[Math.max(0, chosen)]?.click(),
  };

  input.addEventListener('focus', () => { if (input.value.trim()) search(); else load().catch(() => {}); });
  input.addEventListener('input', search);
  input.addEventListener('keydown', (event) => {
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('focusout', (event) => { if (!form.contains(event.relatedTarget)) open(false); });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the box keeps the focus until the click
  list.addEventListener('click', () => open(false));
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
    event.preventDefault();
    input.focus();
  });
})();
