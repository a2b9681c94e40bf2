"""Functions of strings and their patterns: DMN 1.5, clause 10.3.4.3; XQuery and XPath Functions 3.1, clause 5.6."""

from __future__ import annotations

import pytest

from tests.feel.dynamic.asking import answer, pairs

CLAUSE = pairs("""
    substring("foobar", 3) => obar
    substring("foobar", 3, 3) => oba
    substring("foobar", -2, 1) => a
    substring("\\U01F40Eab", 2) => ab
    string length("foo") => 3
    string length("\\U01F40Eab") => 3
    upper case("aBc4") => ABC4
    lower case("aBc4") => abc4
    substring before("foobar", "bar") => foo
    substring before("foobar", "xyz") =>
    substring before("foobar", "foo") =>
    substring after("foobar", "ob") => ar
    substring after("", "a") =>
    substring after("foobar", "") => foobar
    replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => [1=ab][2=]cd
    contains("foobar", "of") => false
    starts with("foobar", "fo") => true
    ends with("foobar", "r") => true
    matches("foobar", "^fo*b") => true
    split("John Doe", "\\s") => ["John", "Doe"]
    split("a;b;c;;", ";") => ["a", "b", "c", "", ""]
    string join(["a", "b", "c"], "_and_") => a_and_b_and_c
    string join(["a", "b", "c"], "") => abc
    string join(["a", "b", "c"], null) => abc
    string join(["a"], "X") => a
    string join(["a", null, "c"], "X") => aXc
    string join([], "X") =>
""")
# XPath 5.6.1 to 5.6.4: examples of fn:matches and fn:replace, and errors (FORX0001 flags, FORX0002 pattern, FORX0003, FORX0004).
PATTERNS = pairs(r"""
    replace("abracadabra", "bra", "*") => a*cada*
    replace("abracadabra", "a.*a", "*") => *
    replace("abracadabra", "a.*?a", "*") => *c*bra
    replace("abracadabra", "a", "") => brcdbr
    replace("abracadabra", "a(.)", "a$1$1") => abbraccaddabbra
    replace("AAAA", "A+?", "b") => bbbb
    replace("darted", "^(.*?)d(.*)$", "$1c$2") => carted
    replace("a\\b", "\\\\", "/", "q") => a\b
    replace("a.b", ".", "-", "q") => a-b
    replace("abracadabra", ".*?", "$1") => null
    replace("abc", "b", "$") => null
    replace("abc", "b", "\\x") => null
    matches("abracadabra", "bra", "p") => null
    matches("helloworld", "hello world", "x") => true
    matches("helloworld", "hello[ ]world", "x") => false
    matches("abcd\n\ndefg", "^$", "m") => true
    matches("abc", "[a-z-[aeiou]]{2}c") => false
    matches("xyc", "[a-z-[aeiou]]{2}c") => true
    matches("O", "[A-Z-[OI]]", "i") => false
    matches("hello", "\\p{Lu}") => false
    matches("الجبر", "^\\p{IsArabic}+$") => true
    matches("aA", "(a)\\1", "i") => true
    matches("a", "(a)\\2") => null
    matches("a", "(?=a)") => null
    matches("a", "a**") => null
    matches("a", "[a") => null
    matches("a", "\\b") => null
    matches("5", "\\p{ Nd}") => null
    matches("a-", "[a-]{2}") => true
    matches("٣", "\\d") => true
""")


@pytest.mark.parametrize(("text", "expected"), CLAUSE, ids=lambda part: part)
def test_strings_count_characters_by_code_point(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize(("text", "expected"), PATTERNS, ids=lambda part: part)
def test_patterns_follow_xpath_and_are_null_where_it_has_an_error(text: str, expected: str) -> None:
    assert answer(text) == expected


def test_the_point_meets_a_new_line_only_with_the_flag_s() -> None:
    assert answer('matches("hello\\nworld", "hello.*world")') == "false"
    assert answer('matches("hello\\nworld", "hello.*world", "s")') == "true"


def test_wrong_kinds_and_nulls_give_null() -> None:
    for text in ("string length(1)", "contains(null, 1)", 'string join(["a", 1], "")', 'substring("a", 0)', 'split("a", null)'):
        assert answer(text) == "null"
