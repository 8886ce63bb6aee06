// Search in the whole book. The text comes as a script (search-index.js) when the reader first turns to the box.
(function () {
  'use strict';

  const index = document.currentScript.dataset.index;
  const form = document.querySelector('.search');
  const input = form.querySelector('input');
  const panel = form.querySelector('.search-panel');
  const status = form.querySelector('.search-status');
  const list = document.getElementById('search-results');
  const most = 30;
  const excerpt = 170;
  const weights = { heading: 1.3, card: 1.2, glossary: 1, text: 1, output: 0.8, code: 0.5, question: 0.6, verdict: 0.6, notation: 0.6 }; // chapters before lists

  let loading;
  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = index;
      script.onload = () => resolve(prepare(window.deepNotesIndex));
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }

  function prepare({ pages, entries }) {
    return entries.map(([page, anchor, heading, text, kind]) => ({
      address: pages[page][0] + (anchor && `#${encodeURIComponent(anchor)}`),
      page: pages[page][1], heading, text, kind,
      lowHeading: heading.toLowerCase(), lowText: text.toLowerCase(),
    }));
  }

  // A word is found where one begins with it; a run of Chinese by its pairs of characters, as Chinese has no spaces.
  function terms(query) {
    return (query.toLowerCase().match(/\p{Script=Han}+|[^\s\p{Script=Han}\p{P}\p{S}]+/gu) ?? []).flatMap((run) => {
      const characters = [...run];
      if (!/\p{Script=Han}/u.test(run)) return [{ chinese: false, at: new RegExp(`(?:(?<![\\p{L}\\p{N}])|(?<=\\p{Script=Han}))${run}`, 'gu') }];
      const pairs = characters.length === 1 ? [run] : characters.slice(1).map((character, i) => characters[i] + character);
      return pairs.map((pair) => ({ chinese: true, at: new RegExp(pair, 'gu') }));
    });
  }

  function has(text, term) {
    return text.search(term.at) >= 0;
  }

  // Every word has to be there, and most of the Chinese pairs; what is in the heading counts more.
  function score(entry, words, phrase) {
    let found = 0, pairs = 0, foundPairs = 0, points = 0;
    for (const term of words) {
      const inHeading = has(entry.lowHeading, term), inText = has(entry.lowText, term);
      if (term.chinese) pairs++;
      if (!inHeading && !inText) {
        if (!term.chinese) return 0;
        continue;
      }
      found++;
      if (term.chinese) foundPairs++;
      points += (inHeading ? 4 : 0) + (inText ? 2 : 0);
    }
    // A paragraph whose heading alone matches adds nothing to the heading.
    if (found === 0 || foundPairs < pairs * 0.6 || (/^(text|output|code)$/.test(entry.kind) && !words.some((term) => has(entry.lowText, term)))) return 0;
    const whole = entry.lowHeading.includes(phrase) ? 12 : entry.lowText.includes(phrase) ? 8 : 0;
    return (points + whole) * weights[entry.kind];
  }

  function find(entries, query) {
    const words = terms(query);
    if (words.length === 0) return { words, found: [] };
    const phrase = query.trim().toLowerCase();
    const best = new Map(); // one result for each place
    for (const entry of entries) {
      const points = score(entry, words, phrase);
      if (points > (best.get(entry.address)?.points ?? 0)) best.set(entry.address, { entry, points });
    }
    return { words, found: [...best.values()].sort((a, b) => b.points - a.points).map((result) => result.entry) };
  }

  // ---- what is shown ------------------------------------------------------------------------------------------

  function ranges(text, words) {
    const low = text.toLowerCase();
    const all = words.flatMap(({ at }) => [...low.matchAll(at)].map((match) => [match.index, match.index + match[0].length])).sort((a, b) => a[0] - b[0]);
    return all.reduce((joined, [from, to]) => {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
      return joined;
    }, []);
  }

  function marked(tag, name, text, words) {
    const element = document.createElement(tag);
    element.className = name;
    let end = 0;
    for (const [from, to] of ranges(text, words)) {
      const mark = document.createElement('mark');
      mark.textContent = text.slice(from, to);
      element.append(text.slice(end, from), mark);
      end = to;
    }
    element.append(text.slice(end));
    return element;
  }

  // The words around the first place, from the start of a word.
  function context(text, words) {
    const first = ranges(text, words)[0]?.[0] ?? 0;
    if (text.length <= excerpt) return text;
    let from = Math.max(0, Math.min(first - 50, text.length - excerpt));
    if (from > 0) from = Math.max(text.indexOf(' ', from) + 1 <= first ? text.indexOf(' ', from) + 1 : 0, from);
    return `${from > 0 ? '… ' : ''}${text.slice(from, from + excerpt)}${from + excerpt < text.length ? ' …' : ''}`;
  }

  function show({ words, found }) {
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
      link.append(marked('strong', 'search-heading', entry.heading || entry.page, words), place);
      if (entry.text) link.append(marked('span', 'search-text', context(entry.text, words), words));
      return link;
    }));
    status.textContent = found.length === 0 ? (words.length === 0 ? '' : 'Nothing found') : found.length > most ? `The best ${most} of ${found.length} places` : found.length === 1 ? '1 place' : `${found.length} places`;
    open(words.length > 0);
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
    const entries = await load().catch(() => null);
    if (entries) {
      show(find(entries, input.value));
    } else {
      status.textContent = `The file ${index} is missing beside this page`;
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
