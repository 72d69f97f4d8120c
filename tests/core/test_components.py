"""The small parts of every page."""

from django.template import Context, Template

from poukama.core.phones import shown


def rendered(source: str, **known: object) -> str:
    return Template("{% load components %}" + source).render(Context({"country": "FI", **known}))


def test_an_icon_is_silent_and_a_line_drawing_even_without_a_style_sheet():
    icon = rendered("{% icon 'phone' %}")
    assert 'aria-hidden="true"' in icon
    assert 'class="icon"' in icon
    assert 'fill="none"' in icon


def test_a_number_dials_and_reads_from_left_to_right():
    assert rendered("{% phone '+358407018446' %}") == (
        '<a class="nowrap" href="tel:+358407018446"><bdi dir="ltr">040 701 8446</bdi></a>'
    )


def test_a_number_of_a_practice_version_dials_nobody():
    for source in (
        "{% phone '+358407018446' %}",
        "{% call '+358407018446' 'Call' %}",
        "{% call '112' 'Call' 'strip' %}",
    ):
        said = rendered(source, practice=True)
        assert "tel:" not in said
        assert "<a" not in said
        assert "<bdi" in said


def test_a_button_says_what_it_does_and_hides_the_word_only_from_the_eye():
    assert ">Call <bdi" in rendered("{% call '112' 'Call' %}")
    assert '<span class="visually-hidden">Call </span>' in rendered("{% call '112' 'Call' 'strip' %}")


def test_several_numbers_stand_side_by_side():
    assert rendered("{% phones numbers %}", numbers=("112", "113")).count("tel:") == 2


def test_what_a_number_holds_is_escaped():
    assert "<script>" not in rendered("{% phone number %}", number="<script>")


def test_a_number_of_another_country_carries_its_code():
    assert shown("+358407018446", "NO") == "+358 40 701 8446"
    assert shown("116117", "FI") == "116 117"
