"""Name keys of the mentions: a full name cut into given, father's, grandfather's and family name, each as an ASCII skeleton.

Order of steps: split every distinct full name into tokens, interpret every distinct token once in Python, fuse particles with the
name they belong to (Abd + al-Rahman, Nur + al-Din), drop connectors and leading titles, and number the words. All names are treated
at once, as flat arrays of tokens with offsets. Nothing is compared here, and nothing about a community is read from a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from aljabr.names import NAME_SEPARATORS, TokenFacts, token_facts
from aljabr.names.agreement import word_letters
from aljabr.names.gathering import gathered_key, without_last_t
from aljabr.names.parts import is_kunya, names_in_order
from aljabr.relations import Database

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_ABD, _DIN = re.compile("^abda?l?(..)"), re.compile("(..)al?dyn$")


@dataclass(frozen=True, kw_only=True)
class _Words:
    """The distinct words of all names, and which words each name has: ``codes`` from ``offsets[n]`` to ``offsets[n + 1]``."""

    skeleton: list[str]
    key: list[str]
    letters: list[str]
    article: Flags
    codes: Ints
    offsets: Ints


def key_names(db: Database, *, mentions: str = "person_records", apart: str = "", features: int = 2) -> None:
    """Fill the temporary table ``linkage_name_parts``: one row per distinct full name.

    Parameters
    ----------
    db : Database
        Holds ``mentions``. The table has the number of ``words``, their keys in alphabetical order (``bag``) and as written
        (``run``, and ``run_like``, which finds a run that has the same words and perhaps more), and for given, father's,
        grandfather's and family name the skeleton without article, the same with compounds written one way (``_form``) and the
        coarser key; a part that is missing is null. A name without a word has no row.
    mentions : str
        A table with ``full_name``.
    apart : str
        A table of ``full_name`` that name nobody and are left out.
    features : int
        How the records are read. From 3 on a kunya in front and a by-name in brackets are no names, a family name before a comma
        stands last, keys are those of :mod:`aljabr.names.gathering`, and every part has its letters, too (``_word``).
    """
    without = f" AND full_name NOT IN (SELECT full_name FROM {apart})" if apart else ""
    names = db.arrow(f"SELECT DISTINCT full_name FROM {mentions} WHERE full_name IS NOT NULL{without} ORDER BY full_name")
    full_names = names.column("full_name").combine_chunks()
    words = _words(full_names, features)
    counts = np.diff(words.offsets)
    named = counts > 0
    db.load("linkage_name_parts_read", _parts(full_names.filter(pa.array(named)), _only(words, named), features))
    db.execute("CREATE OR REPLACE TEMP TABLE linkage_name_parts AS FROM linkage_name_parts_read")
    db.execute("DROP TABLE linkage_name_parts_read")


def _words(full_names: Any, features: int) -> _Words:
    """Split names into words. The steps are those of names.split_name: titles in front are dropped, particles join their name."""
    names = full_names.cast(pa.string())
    if features > 2:
        names = _in_order(names)
    split = pc.split_pattern_regex(names, NAME_SEPARATORS)
    encoded = split.flatten().dictionary_encode()
    tokens = [str(token) for token in encoded.dictionary.to_pylist()]
    facts = [token_facts(token) for token in tokens]
    roles = np.array(["connector" if not token else str(fact.role) for token, fact in zip(tokens, facts, strict=True)] or [""])
    articles = np.array([fact.article for fact in facts], dtype=np.bool_)
    code = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    name = np.repeat(np.arange(len(full_names)), pc.list_value_length(split).to_numpy(zero_copy_only=False).astype(np.int64))
    kept = roles[code] != "connector"
    code, name = code[kept], name[kept]
    kept = ~_leading_titles(roles[code], name, len(full_names))
    code, name = code[kept], name[kept]
    starts = _starts(roles[code], articles[code], name)
    if features > 2:
        kept = ~_kunyas(code, name, starts, facts=facts)
        code, name, starts = code[kept], name[kept], starts[kept]
    read = [_read(fact, features) for fact in facts]
    return _fused(code, name, starts, facts=read, articles=articles, names=len(full_names), features=features)


def _in_order(names: Any) -> Any:
    """Return names with by-names in brackets left out and family names before a comma put last; only names with such a sign
    change.
    """
    marked = pc.match_substring_regex(names, "[(\\[{,،]")
    turned = [names_in_order(name) for name in names.filter(marked).to_pylist()]
    return pc.replace_with_mask(names, marked, pa.array(turned, pa.string()))


def _read(fact: TokenFacts, features: int) -> tuple[str, str, str]:
    """Return the skeleton, the key and (from the third scorer on) the letters of a token."""
    if features < 3:
        return _spelled(fact), fact.key, ""
    return _spelled(fact), gathered_key(fact), fact.repaired


def _kunyas(code: Ints, name: Ints, starts: Flags, *, facts: list[TokenFacts]) -> Flags:
    """Mark the tokens of a kunya in front of a name, which is no given name."""
    begins = np.flatnonzero(starts)
    ends = np.append(begins[1:], len(code))
    words = np.bincount(name[begins], minlength=int(name.max(initial=0)) + 1)
    first = np.ones(len(begins), dtype=np.bool_)
    first[1:] = name[begins][1:] != name[begins][:-1]
    marked = np.zeros(len(code), dtype=np.bool_)
    begun = np.array(
        [fact.role == "prefix" or fact.repaired.startswith("ابو") or fact.repaired.startswith("أبو") for fact in facts]
    )
    for place in np.flatnonzero(first & begun[code[begins]]) if len(begins) else ():
        tokens = [facts[part].repaired for part in code[begins[place] : ends[place]]]
        if is_kunya(tokens, words=int(words[name[begins[place]]])):
            marked[begins[place] : ends[place]] = True
    return marked


def _leading_titles(role: npt.NDArray[Any], name: Ints, names: int) -> Flags:
    """Mark titles before the first token of another role; in a name of titles only, none is marked."""
    place = np.arange(len(role))
    first = np.full(names, len(role))
    np.minimum.at(first, name[role != "title"], place[role != "title"])
    lead = first[name]
    return np.asarray((lead < len(role)) & (place < lead), dtype=np.bool_)


def _starts(role: npt.NDArray[Any], article: Flags, name: Ints) -> Flags:
    """Mark the tokens that begin a word: all but those a prefix stands before, suffixes, and an article before a suffix."""
    first = np.ones(len(name), dtype=np.bool_)
    first[1:] = name[1:] != name[:-1]
    last = np.ones(len(name), dtype=np.bool_)
    last[:-1] = first[1:]
    after_prefix = np.zeros(len(name), dtype=np.bool_)
    after_prefix[1:] = role[:-1] == "prefix"
    before_suffix = np.zeros(len(name), dtype=np.bool_)
    before_suffix[:-1] = role[1:] == "suffix"
    joins = after_prefix | (role == "suffix") | ((role == "prefix") & article & before_suffix & ~last)
    return np.asarray(first | ~joins, dtype=np.bool_)


def _fused(
    code: Ints, name: Ints, starts: Flags, *, facts: list[tuple[str, str, str]], articles: Flags, names: int, features: int
) -> _Words:
    """Give every distinct word a code of its own; words of several tokens are put together once each."""
    begins = np.flatnonzero(starts)
    ends = np.append(begins[1:], len(code))
    single = ends - begins == 1
    words = code[begins].copy()
    known: dict[tuple[int, ...], int] = {}
    skeletons, keys, letters = ([fact[part] for fact in facts] for part in range(3))
    word_articles = list(articles)
    for place in np.flatnonzero(~single):
        parts = tuple(code[begins[place] : ends[place]].tolist())
        if parts not in known:
            known[parts] = len(skeletons)
            skeletons.append("".join(facts[part][0] for part in parts))
            keys.append("".join(facts[part][1] for part in parts))
            letters.append(" ".join(facts[part][2] for part in parts))
            word_articles.append(articles[parts[0]])
        words[place] = known[parts]
    offsets = np.concatenate([[0], np.cumsum(np.bincount(name[begins], minlength=names))]).astype(np.int64)
    if features > 2:
        keys, letters = [without_last_t(key) for key in keys], [word_letters(text) for text in letters]
    flags = np.array(word_articles, dtype=np.bool_)
    return _Words(skeleton=skeletons, key=keys, letters=letters, article=flags, codes=words, offsets=offsets)


def _only(words: _Words, named: Flags) -> _Words:
    """Leave out the names without a word."""
    offsets = np.concatenate([[0], words.offsets[1:][named]]).astype(np.int64)
    return replace(words, offsets=offsets)


def _parts(full_names: Any, words: _Words, features: int) -> pa.Table:
    counts, first = np.diff(words.offsets), words.offsets[:-1]
    last = words.codes[words.offsets[1:] - 1] if len(counts) else words.codes
    has_family = (counts > 3) | ((counts > 1) & (words.article[last] | _families(words, counts)[last]))
    own = counts - has_family
    forms = [_DIN.sub(r"\1dyn", _ABD.sub(r"abd\1", skeleton)) for skeleton in words.skeleton]
    texts = {
        "": pa.array(words.skeleton, pa.string()),
        "_key": pa.array(words.key, pa.string()),
        "_form": pa.array(forms, pa.string()),
    }
    if features > 2:
        texts["_word"] = pa.array(words.letters, pa.string())
    columns: dict[str, Any] = {"full_name": full_names, "words": pa.array(counts)}
    keys = texts["_key"].take(pa.array(words.codes))
    order = np.lexsort((_ranks(words.key)[words.codes], np.repeat(np.arange(len(counts)), counts)))
    offsets = pa.array(words.offsets, pa.int32())
    columns["bag"] = pc.binary_join(pa.ListArray.from_arrays(offsets, keys.take(pa.array(order))), " ")
    listed = pa.ListArray.from_arrays(offsets, keys)
    columns["run"] = pc.binary_join_element_wise(" ", pc.binary_join(listed, "  "), " ", "")
    columns["run_like"] = pc.binary_join_element_wise("% ", pc.binary_join(listed, " % "), " %", "")
    for part, place in (("given", 0), ("father", 1), ("grandfather", 2)):
        there = own > place if place else np.ones(len(counts), dtype=np.bool_)
        codes = words.codes[np.minimum(first + place, len(words.codes) - 1)] if len(counts) else first
        columns |= {f"{part}{form}": text.take(pa.array(codes, mask=~there)) for form, text in texts.items()}
    columns |= {f"family{form}": text.take(pa.array(last, mask=~has_family)) for form, text in texts.items()}
    return pa.table(columns)


def _families(words: _Words, counts: Ints) -> Flags:
    """Say of every word whether it is a family name by the place its key has in the long names of this intake.

    A short name may end in a grandfather's name or in a family name. Without an article, it is a family name if it stands
    more often last in names of four and more than among the first three words of any.
    """
    ranks = _ranks(words.key)
    place = np.arange(len(words.codes)) - np.repeat(words.offsets[:-1], counts)
    size = np.repeat(counts, counts)
    size_of_ranks = int(ranks.max(initial=0)) + 1
    as_last = np.bincount(ranks[words.codes][(size > 3) & (place == size - 1)], minlength=size_of_ranks)
    within = np.bincount(ranks[words.codes][place < np.minimum(size, 4) - 1], minlength=size_of_ranks)
    return np.asarray((as_last > within)[ranks], dtype=np.bool_)


def _ranks(texts: list[str]) -> Ints:
    """Return the rank of every text among the distinct ones."""
    rank = {text: number for number, text in enumerate(sorted(set(texts)))}
    return np.array([rank[text] for text in texts], dtype=np.int64)


def _facts(token: str) -> tuple[str, str, str, str, bool]:
    """Return a token, its skeleton without article, its key, its role and whether it has the article."""
    fact = token_facts(token)
    return token, _spelled(fact), fact.key, fact.role, fact.article


def _spelled(fact: Any) -> str:
    spelled = str(fact.skeleton)
    if fact.article and fact.key == "":
        return ""  # the article by itself
    if (fact.article or fact.role == "suffix") and spelled.startswith("al") and len(spelled) > 4:
        return spelled[2:]
    return spelled
