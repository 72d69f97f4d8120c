"""Labels: read back by a reader that is not ours, as a printer of 203 dots to the inch would print them."""

import pymupdf
import pytest
import zxingcpp
from PIL import Image

from poukama.samples import labels
from poukama.samples.codes import Series, code
from poukama.samples.labels import Label

CODES = [code(Series.SAMPLE, number) for number in (1, 3121, 999_999)] + [code(Series.RESERVE, 7)]
FORMATS = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128)


def made(*codes):
    return pymupdf.open(
        stream=labels.pdf(
            [Label(each, "K7-42M", "Iho, paikka 1: kostutettu", "kuivana") for each in codes],
            title="Tarrat",
            language="fi",
        )
    )


def drawn(page, dpi=203):
    picture = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    return Image.frombytes("L", (picture.width, picture.height), picture.samples)


def read(picture):
    return {(found.format, found.text) for found in zxingcpp.read_barcodes(picture)}


def test_one_label_is_one_page_of_its_size():
    document = made(*CODES)
    assert document.page_count == len(CODES)
    for page in document:
        assert (round(page.rect.width / 72 * 25.4), round(page.rect.height / 72 * 25.4)) == (62, 29)


@pytest.mark.parametrize("number", CODES)
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_both_codes_of_a_label_are_read_from_203_dots_to_the_inch_however_it_is_turned(number, degrees):
    (page,) = made(number)
    assert read(drawn(page).rotate(degrees, expand=True, fillcolor=255)) == {(form, number) for form in FORMATS}


@pytest.mark.parametrize("degrees", [7, 30, 45])
def test_a_label_that_lies_aslant_is_read(degrees):
    (page,) = made(CODES[1])
    picture = drawn(page, 300).rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert CODES[1] in {text for _, text in read(picture)}


def test_a_label_says_the_number_the_case_and_the_item_and_nothing_is_cut():
    (page,) = made(CODES[1])
    assert page.get_text().split() == ["N", "003121", "47", "K7-42M", "Iho,", "paikka", "1:", "kostutettu", "kuivana"]
    for word in page.get_text("words"):
        assert word[2] < page.rect.width
        assert word[3] < page.rect.height
