"""Of a protected client nothing that tells where they are is left to read, in fields, texts or file names."""

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poukama.clients.identity import Identity, plain
from poukama.clients.masks import HIDDEN, holds, masked, masked_text, secrets_of

SHIELDED = Identity(
    called="Aino",
    address="Kotkankatu 3 A 5\n00999 Merilahti",
    municipality="Merilahti",
    gives_away="Merilahden lukio\nLounaskahvila Suola",
    shielded=True,
)
SECRETS = secrets_of(SHIELDED, ["040 123 4567"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
secrets = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)
plain_words = st.text("abcdefåäö", min_size=2, max_size=12)


def test_somebody_who_is_not_protected_is_shown_whole():
    shown = replace(SHIELDED, shielded=False)
    assert masked(shown) == shown
    assert secrets_of(shown, ["040 123 4567"]) == ()
    assert masked_text("Kotkankatu 3", ()) == "Kotkankatu 3"


def test_a_protected_client_keeps_the_name_and_loses_where_they_are():
    shown = masked(SHIELDED)
    assert (shown.called, shown.address, shown.municipality, shown.gives_away) == ("Aino", HIDDEN, HIDDEN, HIDDEN)


def test_what_was_not_said_is_not_shown_as_hidden():
    assert masked(Identity(shielded=True)) == Identity(shielded=True)
    assert secrets_of(Identity(address="\n  \n", shielded=True), [" "]) == ()


@given(texts, texts, texts)
def test_no_field_of_a_masked_identity_holds_what_is_hidden(address, municipality, gives_away):
    told = Identity(address=address, municipality=municipality, gives_away=gives_away, shielded=True)
    shown = masked(told)
    assert {shown.address.strip(), shown.municipality.strip(), shown.gives_away.strip()} <= {HIDDEN, ""}


@given(texts, st.lists(secrets, min_size=1, max_size=3))
def test_nothing_of_a_secret_is_left_in_a_text(text, hidden):
    assert not holds(masked_text(text, hidden), hidden)


@given(texts, secrets, texts)
def test_a_secret_that_stands_in_a_text_is_gone(before, secret, after):
    assume("▒" not in secret)
    left = masked_text(f"{before} {secret} {after}", [secret.strip()])
    whole = plain(secret)
    assert not re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", plain(left).replace(HIDDEN, " "))


@given(st.lists(plain_words, min_size=1, max_size=8), plain_words, st.sampled_from(["", "ssa", "lla", "n"]))
def test_a_word_of_a_secret_is_gone_whatever_its_ending(words, secret, ending):
    left = masked_text(" ".join([*words, secret + ending]), [secret])
    stem = secret[:-2] if len(secret) >= 6 else secret
    if len(secret) >= 4:
        assert not [word for word in left.split() if word.startswith(stem)]
    else:
        assert secret not in left.split()
        assert secret + ending not in left.split()


@given(st.lists(plain_words, min_size=1, max_size=8))
def test_a_text_without_the_secret_stays_as_it_is(words):
    text = " ".join(words)
    assert masked_text(text, ["Kyyhkyslammentie 7", "040 123 4567"]) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Asuu Kotkankadulla.", f"Asuu {HIDDEN}."),
        ("KOTKANKATU 3", HIDDEN),
        ("lausunto_kotkankatu-3.pdf", f"lausunto_{HIDDEN}.pdf"),
        ("Kotkankatu 3 A 5, 00999 Merilahti", f"{HIDDEN}, {HIDDEN}"),
        ("Käy Merilahden lukiota", f"Käy {HIDDEN} {HIDDEN}"),
        ("merilahtelainen", HIDDEN),
        ("soita 040-1234567 tai +358 40 123 4567", f"soita {HIDDEN} tai {HIDDEN}"),
        ("postinumero 00999", f"postinumero {HIDDEN}"),
        ("K o t k a n k a t u 3 A 5", HIDDEN),
        ("Kotkanka\u00adtu 3 A 5", HIDDEN),
        ("Suolaa ja leipää", f"{HIDDEN} ja leipää"),
        ("Aino tuli kello 3", "Aino tuli kello 3"),
    ],
)
def test_a_place_is_hidden_however_it_is_written(text, left):
    assert masked_text(text, SECRETS) == left


@pytest.mark.parametrize(
    ("text", "secret", "left"),
    [
        ("Koulussa Oulussa", "Oulu", f"Koulussa {HIDDEN}"),
        ("Iissä, iirislääkärillä", "Ii", f"{HIDDEN}, iirislääkärillä"),
        ("Å on kylä", "Å", f"{HIDDEN} on kylä"),
        ("a ☂ b", "☂", f"a {HIDDEN} b"),
        ("C 3", "C 3", HIDDEN),
    ],
)
def test_a_short_secret_hides_no_more_than_itself(text, secret, left):
    assert masked_text(text, [secret]) == left


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("a ☂ b", "☂"),
        ("0::::::0", "0::::::0"),
        ("K o t k a n k a t u", "Kotkankatu"),
        ("puh. 0 4 0 1 2 3 4 5 6 7", "040 123 4567"),
        ("x040------123------4567", "040 123 4567"),
        ("merilahdesta", "Merilahti"),
    ],
)
def test_what_can_be_read_is_seen(text, secret):
    assert holds(text, [secret])
    assert not holds(masked_text(text, [secret]), [secret])


@pytest.mark.parametrize(("text", "secret"), [("", "Oulu"), ("koulu", "Oulu"), ("a b", "☂"), ("x", ""), (HIDDEN, "▒")])
def test_what_cannot_be_read_is_not_seen(text, secret):
    assert not holds(text, [secret])
