from practices.editorial.differences import MOST_WORDS, Piece, text_pieces, value_pieces


def joined(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def test_both_texts_can_be_read_back_from_the_pieces():
    old, new = "Een  zin.\nNog een.", "Een zin.\n\nNog een andere."

    pieces = text_pieces(old, new)

    assert joined(pieces, "same", "gone") == old
    assert joined(pieces, "same", "new") == new


def test_one_word_is_one_piece():
    assert text_pieces("Tien mensen aan het werk", "Elf mensen aan het werk") == [
        Piece("gone", "Tien"),
        Piece("new", "Elf"),
        Piece("same", " mensen aan het werk"),
    ]


def test_empty_value_is_named_but_an_empty_text_is_not():
    assert value_pieces("", "Laag") == [Piece("gone", "(leeg)"), Piece("new", "Laag")]
    assert text_pieces("", "Nieuw") == [Piece("new", "Nieuw")]


def test_very_long_text_is_compared_by_line():
    old = "\n".join(["woord woord"] * MOST_WORDS)

    pieces = text_pieces(old, old.replace("woord woord", "woord anders", 1))

    assert joined(pieces, "gone") == "woord woord\n"
    assert joined(pieces, "new") == "woord anders\n"
