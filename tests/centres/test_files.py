"""What is kept of a pack."""

import pytest

from poukama.centres.files import laid_out, read_files


def test_a_packs_files_come_by_their_place_in_it_and_what_an_editor_left_does_not(tmp_path):
    folder = tmp_path / "a centre"
    (folder / "words").mkdir(parents=True)
    (folder / "centre.toml").write_text("code = 1")
    (folder / "words" / "fi.toml").write_text('name = "Lähde"', encoding="utf-8")
    (folder / "words" / ".fi.toml").write_text("half a save")
    (folder / "notes.txt").write_text("not of the pack")
    assert read_files(folder) == {"centre.toml": "code = 1", "words/fi.toml": 'name = "Lähde"'}


def test_a_file_that_is_not_text_is_an_error(tmp_path):
    (tmp_path / "centre.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UnicodeDecodeError):
        read_files(tmp_path)


def test_kept_files_can_be_laid_out_again_for_as_long_as_they_are_read():
    files = {"centre.toml": "code = 1", "words/fi.toml": 'name = "Lähde"'}
    with laid_out(files) as folder:
        assert read_files(folder) == files
    assert not folder.exists()
