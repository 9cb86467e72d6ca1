"""T28: front matter that YAML's parser should never see, and fronts that must be accepted."""

import random
import time

from home import Home

BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi"))
REFUSED = [
    BOMB, "a: &x [1]\nb: *x", "a: *x", "&x a: b", "*x : b", "a: !!str b", "a: !!python/object b",
    "!local a: b", "a: [&x b, *x]", "base: &b {x: 1}\n<<: *b", "<<: {x: 1}", "? [a, b]\n: c",
    "? a\n: b", "[a, b]: c", "{a: b}: c", "a: [[[[[b]]]]]", "a: {b: {c: {d: {e: {f: g}}}}}",
    "- - - - a", "author: a\nauthor: b", "a: b\0c", "a: \a", "a: [b", "a: {b", 'a: "b', "a: 'b",
    "- a\n- b", "just text", "a: b: c", "%YAML 1.1", "a: b\n- c", "tags: [[a]]", "tags: {a: b}",
    "date: yesterday", "date: 2026-13-01", "k: [" + "[" * 9000, "k: " + "x" * 20_000,
    "\n".join(f"k{n}: v" for n in range(80)), "tags: [" + ", ".join("t" * 300) + "]",
    "a: |\n b\nc", "a: b\n... x: [",
]
ACCEPTED = [
    "title: Q&A *bold*", "title: R&D", "title: f(x) = x * y & z!", 'title: "*quoted*"',
    "title: 12:30:45", "title: 190:20:30", "title: 0o17", "title: yes", "title: null", "title: C#：第一课",
    "title: a - b ? c", "title: 'it''s'", "title: a[0] {b}", "title: |\n  一\n  *二*",
    "title: >-\n  一\n  &二", "title: a << b", "n: 685_230.15", "n: 1e1000", "n: -.inf", "n: 2001-12-14t21:59:43.10-05:00",
]


def fronts(program, count, seed=28):
    """All of them in one folder, and damaged ones to make up the number."""
    generator, problems = random.Random(seed), []
    known = [(yaml, False) for yaml in REFUSED] + [(yaml, True) for yaml in ACCEPTED]
    cases = known[:count]
    while len(cases) < count:
        text = list(generator.choice(known)[0][:400])
        for _ in range(generator.randrange(1, 6)):
            text[generator.randrange(len(text))] = generator.choice("&*!?:-[]{}|>'\"%@`#,\n\t\0 \ufeff a1")
        cases.append(("".join(text), None))
    with Home(program) as home:
        for number, (yaml, _) in enumerate(cases):
            below = "" if yaml.startswith(("date:", "title:")) else "date: 2026-01-11\n"
            (home.content / f"c{number}.md").write_text(
                f"---\n{below}{yaml}\n---\n正文", errors="surrogatepass", newline="")
        start = time.monotonic()
        result = home.run("sync", timeout=0.05 * len(cases) + 20)
        each = 1000 * (time.monotonic() - start) / len(cases)
        if result.returncode not in (0, 2):
            problems.append(f"status {result.returncode}: {result.stderr[:200]}")
        if each > 50:
            problems.append(f"{each:.0f} ms each, seed {seed}")
        refused = {line.split()[1].split(".")[0] for line in result.stderr.splitlines()
                   if line.startswith("refused: ")}
        for number, (yaml, is_accepted) in enumerate(cases):
            if is_accepted is not None and is_accepted == (f"c{number}" in refused):
                word = "refused" if is_accepted else "accepted"
                problems.append(f"{yaml[:60]!r} is {word}")
    return len(cases), problems, f"{len(refused)} refused, {each:.2f} ms each, seed {seed}"
