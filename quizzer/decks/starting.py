"""Starting points for authors: a deck, or one question of a kind, with every key the kind knows explained."""

from __future__ import annotations

from quizzer.questions import KINDS, kind_of
from quizzer.questions.build import COMMON
from quizzer.questions.fields import Key

_WIDEST = 118

_DECK = """\
format: 1
deck: {slug}
title: {title}
language: en
authors:
  - Your name
license: CC-BY-4.0
# source:                     # the article it rests on
#   title: The article's title
#   url: https://example.org/article
# tags:                       # topics of all its questions
#   - a-topic
questions:
"""

_BODIES = {
    "choice": r"""
prompt: Which of these is $2^3$?
choices:
  - right: eight
    say: Three factors of two.        # what the learner is told about it
  - wrong: six
    say: That is $2 \cdot 3$.
hints:
  - Multiply three twos.
explanation: $2^3 = 2 \cdot 2 \cdot 2$.
""",
    "spot": """
prompt: Which line is wrong, if any?
listings:
  - title: The last element
    text: |
      def last(xs):
          n = len(xs)
          return xs[n - 1]
bugs:                                 # one of them, or none, is drawn; or give the listing `answer: [3]`
  - change:                           # each key must stand exactly once in the text
      'xs[n - 1]': 'xs[n]'
    say: Indices end at `n - 1`.
""",
    "order": """
prompt: Put one training step in order.
steps:
  - run the forward pass
  -                                   # a nested list is «any order inside»
    - clear the old gradients
    - compute the loss
  - run the backward pass
  - update the weights
distractors:
  - text: update the weights by hand
    say: The optimizer does that.
""",
    "cloze": r"""
prompt: Fill in the blanks.
text: Adam divides the first [[moment|momentum]] by the [[square root|root]] of the second.
""",
    "short": """
prompt: What is the loop variable of a nested sum called?
answers:                              # case, width, punctuation and spaces don't count; or give `model:` instead
  - index
  - dummy index
""",
    "numeric": """
variables:                            # drawn anew at each review
  n: {int: [8, 64]}
  k: {choice: [3, 5, 7]}
where:
  - n > k
prompt: A convolution of kernel <<k>> on <<n>> inputs, stride 1, no padding. How many outputs?
answer: n - k + 1
accept: integer                       # or {rel: 1e-3}, {abs: 0.01}, {sigfigs: 3}
mistakes:                             # wrong values people get; a draw on which one is right is redrawn
  - value: n - k
    say: The first position counts as well.
explanation: $<<n>> - <<k>> + 1$
""",
    "derivation": r"""
prompt: Sum $r^0$ to $r^{n-1}$.
symbols:                              # every symbol with its domain: that is where formulas are compared
  r: {real: [0.1, 0.9]}
  n: {int: [1, 8]}
milestones:                           # three to six; the last is the result
  - id: difference
    say: what is left of $S - rS$
    expect: 1 - r^n
    why: all inner terms cancel
  - id: factor
    say: what $S$ is multiplied by
    expect: 1 - r
    why: $S - rS = (1-r)S$
  - id: result
    say: the sum
    expect: (1 - r^n)/(1 - r)
    why: divide
    forbid: [sum]                     # features or symbols that must not be written
    mistakes:
      - value: 1/(1 - r)
        say: That is the infinite sum.
simulate: |
  def simulate(rng, r, n):
      return sum(r ** i for i in range(n)), 1e-9
""",
    "code": """
prompt: Return the maximum of `xs` up to each place.
reference: |
  def running_max(xs: list[int]) -> list[int]:
      out = []
      for x in xs:
          out.append(x if not out or x > out[-1] else out[-1])
      return out
cases:                                # `gives` is what `check` holds the reference to
  - call: running_max([1, 3, 2])
    gives: '[1, 3, 3]'
    shown: true
  - call: running_max([])
generate: |                           # put the small and nasty inputs here
  def generate(rng, size):
      return [[int(x) for x in rng.integers(-5, 6, size)]]
generated: 50
wrong:                                # answers people really write; each must be rejected
  - name: takes the minimum
    say: It keeps the smaller one.
    change:
      'x > out[-1]': 'x < out[-1]'
equivalent:                           # small changes, as `check` prints them, that are right as well
  - 'x > out[-1] → x >= out[-1]'
""",
}


def new_deck(slug: str, kind: str = "choice") -> str:
    """The text of a whole deck with one question of `kind`."""
    title = slug.replace("-", " ").capitalize()
    return _DECK.format(slug=slug, title=title) + new_question(kind)


def new_question(kind: str) -> str:
    """One question of `kind`, indented to stand in `questions:`, its other keys as comments. KeyError: no such kind."""
    known = (*COMMON, *kind_of(kind).keys)
    body = _BODIES[kind].strip("\n").split("\n")
    used = {line.split(":")[0] for line in body if line[:1].isalpha()}
    lines = [f"id: my-{kind}".ljust(30) + "# its name for ever; rename it only with `was`", f"kind: {kind}", *body]
    lines += ["# Other keys:", *(_comment(key) for key in known if key.name not in {*used, "id", "kind"})]
    first, *rest = lines
    return "".join(f"{line}\n" for line in (f"  - {first}", *(f"    {line}" for line in rest)))


def _comment(key: Key) -> str:
    """A key with its own description, cut to the width of a page."""
    text = f"#   {key.name}: {' '.join(key.doc.split())}"
    return text if len(text) + 4 <= _WIDEST else text[: _WIDEST - 5] + "…"


def kinds() -> tuple[str, ...]:
    """The kinds that have a starting point."""
    return tuple(kind for kind in KINDS if kind in _BODIES)
