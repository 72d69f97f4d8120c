"""The pages of members: who may open them, what a button does, and what is said when something is refused."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from poukama.core import clock
from poukama.gate.rules import OPERATOR
from poukama.staff import actions
from poukama.staff.labels import REFUSALS, RIGHTS
from poukama.staff.models import Member, Post, WayIn
from poukama.staff.rules import GRANTS, Refusal, Role
from tests.people import LONG_AGO, acting, come_in, invited, make_centre, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
LIST = "/s/tyontekijat"
SAGA = {"name": "Saga Åkerblom", "login": "saga", "language": "sv", "phone": "040 000 0099", "role": "midwife"}
_CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}")


@pytest.fixture
def ida() -> Member:
    """An administrator of Satama, who reads English so that tests read like their pages."""
    return make_member(Role.ADMINISTRATOR, login="ida", language="en")


@pytest.fixture
def kaisa() -> Member:
    """The coordinator."""
    return make_member(Role.MIDWIFE_COORDINATOR, login="kaisa", language="en")


@pytest.fixture
def maija() -> Member:
    """A midwife who has come in."""
    return come_in(invited("maija")[0])


def invitation(**changes: str) -> dict[str, str]:
    return SAGA | {"begins": "2026-11-24", "ends": "", "key": str(uuid.uuid4()), "centre": "satama"} | changes


def press(client: Client, pk: int, button: str, **known: Any) -> Any:
    return client.post(f"{LIST}/{pk}/{button}", {"centre": "satama", "key": str(uuid.uuid4()), **known})


# ── Who may open which ───────────────────────────────────────────────────────────────────────────────────────

LOOKS_AFTER = {Role.MIDWIFE_COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}


@pytest.mark.parametrize("role", Role)
def test_every_role_opens_its_own_pages_and_no_others(client, role):
    sign_in(client, make_member(role, login="somebody"))
    opened = {path for path in ("/s/oma", "/s/oikeudet", LIST, f"{LIST}/uusi") if client.get(path).status_code == 200}
    expected = {"/s/oma"} | ({"/s/oikeudet", LIST} if role in LOOKS_AFTER else set())
    assert opened == expected | ({f"{LIST}/uusi"} if role is Role.ADMINISTRATOR else set())


def test_whoever_is_not_signed_in_opens_only_the_way_in(client):
    assert client.get("/s/tulo").status_code == 200
    for path in ("/s/", "/s/oma", LIST, "/s/oikeudet", f"{LIST}/1"):
        assert client.get(path).status_code in {302, 303, 403}, path


def test_everybody_lands_somewhere(client, ida):
    sign_in(client, ida)
    page = client.get("/s/")
    assert page.status_code == 303
    assert client.get(page["Location"]).status_code == 200


def test_whoever_holds_no_post_is_told_so_and_when_the_next_begins(client, ida, maija):
    sign_in(client, maija)
    actions.end_post(maija.posts.get(), ends=LONG_AGO, by=acting(ida), at=LONG_AGO)
    assert client.get("/s/").status_code == 403
    assert "Kysy pääkäyttäjältä" in client.get("/s/").text
    begins = clock.now().replace(year=2027, month=3, day=5)
    actions.give_post(make_centre(), member=maija, role=Role.MIDWIFE, begins=begins, by=OPERATOR, at=LONG_AGO)
    assert "5.3.2027" in client.get("/s/").text


# ── Inviting ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_answers_with_the_code_and_twice_sent_with_the_same(client, ida):
    sign_in(client, ida)
    form = invitation()
    pages = [client.post(f"{LIST}/uusi", form) for _ in range(2)]
    codes = [_CODE.findall(page.text) for page in pages]
    assert pages[0].status_code == 200
    assert codes[0]
    assert codes[0] == codes[1]
    saga = Member.objects.get(login="saga")
    assert (saga.name, saga.language, saga.phone) == ("Saga Åkerblom", "sv", "+358400000099")
    assert Post.objects.filter(member=saga, role=Role.MIDWIFE).count() == 1


def test_what_is_printed_is_in_the_language_of_whoever_comes(client, ida):
    sign_in(client, ida)
    page = client.post(f"{LIST}/uusi", invitation()).text
    assert '<article class="card letter stack" lang="sv"' in page
    assert "Så här kommer du in" in page
    assert "One-time code" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " \t"}, "This is missing."),
        ({"login": "Saga Å"}, "Use small letters"),
        ({"login": "ida"}, "Somebody has this login already"),
        ({"phone": "call me"}, "Write the whole number"),
        ({"phone": "12"}, "Write the whole number"),
        ({"role": "chief"}, "Select a valid choice"),
        ({"begins": "tomorrow"}, "Enter a valid date"),
        ({"ends": "2026-11-01"}, "The last day is before the first."),
        ({"ends": "9999-12-31"}, "less than or equal to"),
        ({"name": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_and_everything_typed_stays(client, ida, typed, said):
    sign_in(client, ida)
    page = client.post(f"{LIST}/uusi", invitation(**typed))
    assert page.status_code == 422
    assert said in page.text
    for name, value in (SAGA | typed).items():
        if name not in {"language", "role"} and value.strip():
            assert f'value="{value}"' in page.text
    assert not Member.objects.filter(login="saga").exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("نورا الأحمد", "نورا الأحمد"),
        ("李 小龙\u200f", "李 小龙\u200f"),
        ("👩🏽‍⚕️ Saga", "👩🏽‍⚕️ Saga"),
        ("x" * 300, "x" * 300),
        ("Sa\0ga", "Saga"),
        ("Saga\r\n<i>\u202e", "Saga <i>"),
    ],
)
def test_a_name_in_any_script_is_taken_as_it_is(client, ida, typed, kept):
    sign_in(client, ida)
    assert client.post(f"{LIST}/uusi", invitation(name=typed)).status_code == 200
    assert Member.objects.get(login="saga").name == kept
    assert client.get(LIST).status_code == 200
    assert "<i>" not in client.get(LIST).text


def test_a_form_of_another_centre_does_not_exist(client, ida):
    make_centre("laakso")
    sign_in(client, ida)
    assert client.post(f"{LIST}/uusi", invitation(centre="laakso")).status_code == 404
    assert not Member.objects.filter(login="saga").exists()


def test_a_form_of_ones_other_centre_is_done_there(client, ida):
    actions.give_post(make_centre("laakso"), member=ida, role=Role.ADMINISTRATOR, by=OPERATOR, at=LONG_AGO)
    sign_in(client, ida)
    client.post(f"{LIST}/uusi", invitation(centre="laakso"))
    assert Member.objects.get(login="saga").posts.get().centre.code == "laakso"
    assert client.get(LIST).context["centre"].code == "laakso"
    assert client.post("/s/keskus", {"centre": "satama"}).status_code == 303
    assert client.get(LIST).context["centre"].code == "satama"


def test_somebody_of_another_centre_is_given_a_post_by_login(client, ida):
    make_member(Role.DOCTOR, centre=make_centre("laakso"), login="laine")
    sign_in(client, ida)
    form = {"known_login": "laine", "role": "doctor", "begins": "2026-11-24", "key": str(uuid.uuid4())}
    assert client.post(f"{LIST}/muualta", form | {"known_login": "nobody"}).status_code == 422
    assert client.post(f"{LIST}/muualta", form | {"role": ""}).status_code == 422
    assert client.post(f"{LIST}/muualta", form).status_code == 303
    assert "laine" in client.get(LIST).text
    page = client.get(f"{LIST}/{Member.objects.get(login='laine').pk}").text
    assert str(REFUSALS[Refusal.AWAY]) in page
    assert "Make a new code" not in page


# ── One member ───────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_of_another_centre_does_not_exist(client, ida):
    elli = make_member(centre=make_centre("laakso"), login="elli")
    sign_in(client, ida)
    assert client.get(f"{LIST}/{elli.pk}").status_code == 404
    assert press(client, elli.pk, "sulje").status_code == 404


def test_a_number_that_no_member_can_have_is_nobodys(client, ida):
    sign_in(client, ida)
    for pk in (0, 10**30):
        assert client.get(f"{LIST}/{pk}").status_code == 404
        assert press(client, pk, "sulje").status_code == 404
    assert press(client, ida.pk, f"tehtava/{10**30}").status_code == 404


def test_a_post_is_given_and_ended_by_the_days_of_the_centre(client, ida, maija):
    sign_in(client, ida)
    given = press(client, maija.pk, "tehtava", role="doctor", begins="2027-03-28", ends="2027-03-28")
    assert given.status_code == 303
    post = maija.posts.get(role=Role.DOCTOR)
    # The night of a day without an hour: 23 hours long.
    assert (post.ends - post.begins).total_seconds() == 23 * 3600
    assert press(client, maija.pk, f"tehtava/{post.pk}", ends="2027-03-29").status_code == 303
    assert "29 Mar 2027" in client.get(f"{LIST}/{maija.pk}").text
    assert press(client, maija.pk, f"tehtava/{post.pk}", ends="never").status_code == 409
    assert press(client, maija.pk, "tehtava/99").status_code == 404


def test_a_second_post_in_the_same_role_is_refused_beside_its_field(client, ida, maija):
    sign_in(client, ida)
    page = press(client, maija.pk, "tehtava", role="midwife", begins="2026-11-24")
    assert page.status_code == 422
    assert str(REFUSALS[Refusal.POST_HELD]) in page.text


def test_one_asks_for_a_new_way_in_and_another_gets_the_code(client, ida, kaisa, maija):
    sign_in(client, kaisa)
    assert press(client, maija.pk, "nollaus").status_code == 303
    way = WayIn.objects.get(member=maija, code_hash=None)
    page = press(client, maija.pk, f"nollaus/{way.pk}")
    assert page.status_code == 409
    assert str(REFUSALS[Refusal.SAME_PERSON]) in page.text
    assert "You asked, so another confirms." in page.text
    sign_in(client, ida)
    assert "Kaisa" in client.get(f"{LIST}/{maija.pk}").text
    known = {"key": str(uuid.uuid4())}
    codes = [_CODE.findall(press(client, maija.pk, f"nollaus/{way.pk}", **known).text) for _ in range(2)]
    assert codes[0]
    assert codes[0] == codes[1]
    assert "Confirmed by" in client.get(f"{LIST}/{maija.pk}").text


def test_a_request_is_taken_back(client, kaisa, maija):
    sign_in(client, kaisa)
    press(client, maija.pk, "nollaus")
    way = WayIn.objects.get(member=maija, code_hash=None)
    assert press(client, maija.pk, f"peru/{way.pk}").status_code == 303
    assert press(client, maija.pk, "peru/999").status_code == 404
    assert "taken back" in client.get(f"{LIST}/{maija.pk}").text


def test_somebody_who_has_not_come_in_gets_a_new_code(client, ida):
    way, _ = invited()
    sign_in(client, ida)
    assert _CODE.search(press(client, way.member_id, "koodi").text)
    assert client.post(f"{LIST}/{way.member_id}/koodi", {"centre": "satama"}).status_code == 404


def test_a_member_is_closed_and_said_to_be_so(client, ida, maija):
    sign_in(client, ida)
    assert press(client, maija.pk, "sulje").status_code == 303
    assert client.get(f"{LIST}/{maija.pk}").context["state"].word == "closed"
    assert press(client, ida.pk, "sulje").status_code == 409


def test_an_address_of_a_button_shows_the_member(client, ida, maija):
    sign_in(client, ida)
    for button in ("tehtava", "tehtava/1", "sulje", "koodi", "nollaus", "nollaus/1", "peru/1"):
        assert client.get(f"{LIST}/{maija.pk}/{button}")["Location"] == f"{LIST}/{maija.pk}", button


def test_whoever_may_only_read_has_no_buttons(client, maija):
    sign_in(client, make_member(Role.PRIVACY_OFFICER, login="tuula"))
    assert "<button" not in client.get(f"{LIST}/{maija.pk}").text
    assert press(client, maija.pk, "sulje").status_code == 403


def test_the_list_asks_as_much_for_many_as_for_few(client, ida, django_assert_num_queries):
    sign_in(client, ida)
    client.get(LIST)
    with django_assert_num_queries(11) as few:
        client.get(LIST)
    for number in range(9):
        invited(f"member-{number}")
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_the_list_says_when_somebody_was_last_in_and_the_page_how_to_reach_them(client, ida, maija):
    Member.objects.filter(pk=maija.pk).update(last_login="2026-05-01T22:30Z", phone="+358400000021")
    sign_in(client, ida)
    # By the clock of the centre it was the next day.
    assert "2 May 2026" in client.get(LIST).text
    page = client.get(f"{LIST}/{maija.pk}").text
    assert "040 000 0021" in page
    assert "suomi" in page


def test_a_centre_with_one_administrator_is_told_so_until_there_are_two(client, ida):
    sign_in(client, ida)
    assert "Fewer than two administrators" in client.get(LIST).text
    for login in ("eero", "anna"):
        come_in(invited(login, Role.ADMINISTRATOR)[0])
    assert "Fewer than two administrators" not in client.get(LIST).text


# ── Oneself ──────────────────────────────────────────────────────────────────────────────────────────────────

OWN = {"name": "Maija", "phone": "040 000 0021", "language": "sv", "look": "dark", "density": "roomy"}


def test_ones_own_page_keeps_what_one_chooses_and_looks_so(client, maija):
    sign_in(client, maija)
    page = client.post("/s/oma", OWN, follow=True).text
    assert "Sparat." in page
    assert 'data-theme="dark"' in page
    assert 'data-density="roomy"' in page
    assert 'data-shortcuts="off"' in page
    assert 'value="040 000 0021"' in page


def test_ones_own_page_says_what_is_missing_and_keeps_the_rest(client, maija):
    sign_in(client, maija)
    page = client.post("/s/oma", OWN | {"name": "\0 \n"})
    assert page.status_code == 422
    assert "Tämä puuttuu." in page.text
    assert 'value="040 000 0021"' in page.text
    assert Member.objects.get(pk=maija.pk).look == "follow"


def test_each_fault_leads_to_the_first_input_of_its_field(client, maija):
    sign_in(client, maija)
    page = client.post("/s/oma", OWN | {"name": "", "language": "la"}).text
    leads = re.findall(r'<li><a href="#(\w+)">', page)
    assert leads == ["id_name", "id_language_0"]
    assert all(f' id="{each}"' in page for each in leads)


# ── Rights ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_right_that_somebody_holds_has_its_words():
    held = OPERATOR.everywhere.union(*GRANTS.values())
    assert {str(right) for right in held} - RIGHTS.keys() == set()


def test_the_page_of_rights_has_a_word_for_every_right_and_a_column_for_every_role(client, ida):
    sign_in(client, ida)
    table = client.get("/s/oikeudet").context
    assert len(table["roles"]) == len(Role) + 1
    assert all(str(row["right"]) and len(row["held"]) == len(table["roles"]) for row in table["rows"])
