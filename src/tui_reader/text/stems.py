"""Stems of English words: what all forms of a word have in common (opens, opened, opening ~ open)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Base form, then the forms that no rule leads back to it. Forms that are also words of their own (found, left, rose)
# stand here only where the verb is the likelier reading.
_IRREGULAR = """
be am is are was were been being
become became
begin began begun
bend bent
bite bit bitten
blow blew blown
break broke broken
bring brought
build built
buy bought
catch caught
choose chose chosen
come came
deal dealt
do does did done
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
fly flew flown
forbid forbade forbidden
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go goes went gone
grow grew grown
have has had
hear heard
hide hid hidden
hold held
keep kept
know knew known
lay laid
lead led
learn learnt
leave left
lend lent
lie lay lain lying
lose lost
make made
mean meant
meet met
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
speak spoke spoken
spend spent
stand stood
steal stole stolen
strike struck
swear swore sworn
swim swam swum
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
understand understood
wake woke woken
wear wore worn
win won
withdraw withdrew withdrawn
write wrote written
child children
foot feet
goose geese
half halves
knife knives
leaf leaves
life lives
man men
mouse mice
person people
thief thieves
tooth teeth
wife wives
wolf wolves
woman women
good better best
bad worse worst
far farther farthest further furthest
die dying
tie tying
"""
_BASE = {form: base for base, *forms in map(str.split, _IRREGULAR.strip().splitlines()) for form in forms}


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """The stem of an English word, equal for its inflected forms; no word itself.

    Regular forms by the Snowball stemmer (Porter 2), irregular ones by a list.

    Args:
        word: in any case.
    """
    lower = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    return _stemmer()(_BASE.get(lower, lower))


def irregular_forms(word: str) -> frozenset[str]:
    """A word with all other forms of its base (go, goes, went, gone), empty where no rule is broken.

    Args:
        word: in lower case.
    """
    base = _BASE.get(word, word)
    others = {form for form, known in _BASE.items() if known == base}
    return frozenset(others | {base}) if others else frozenset()


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415 - 30 ms that most commands can do without

    stemmer: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stemmer
