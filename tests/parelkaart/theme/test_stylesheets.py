from parelkaart.theme.stylesheets import properties, resolve

CSS = """
/* --comment: 1; */
:root {
  --one: red; /* and { more } */
  --two: var(--missing, var(--one, blue));
  --plain: #fff
}
@media (prefers-color-scheme: dark) { :root { --one: black; } }
@media print { :root { --one: grey; } }
@font-face { font-family: x; src: url(x.woff2); }
.other { --three: 3; color: red }
"""


def written(folder, name, text):
    file = folder / name
    file.write_text(text)
    return file


def test_properties_are_those_of_one_view(tmp_path):
    file = written(tmp_path, "x.css", CSS)

    light, dark = properties([file], "light"), properties([file], "dark")

    rest = {"--two": "var(--missing, var(--one, blue))", "--plain": "#fff", "--three": "3"}
    assert (light, dark) == ({"--one": "red"} | rest, {"--one": "black"} | rest)


def test_file_for_one_view_is_left_out_of_the_other(tmp_path):
    file = written(tmp_path, "x.dark.css", ":root { --one: black; }")

    assert (properties([file], "light"), properties([file], "dark")) == ({}, {"--one": "black"})


def test_later_file_goes_first(tmp_path):
    files = [written(tmp_path, f"{n}.css", f":root {{ --one: {n}; }}") for n in (1, 2)]

    assert properties(files, "light") == {"--one": "2"}


def test_fallback_counts_when_the_theme_has_no_such_token():
    values = {"--pk": "var(--theme, var(--other, #fff))"}

    assert resolve(values, "--pk") == "#fff"
    assert resolve(values | {"--other": "#000"}, "--pk") == "#000"
    assert resolve(values | {"--theme": "var(--deep)", "--deep": "#123456"}, "--pk") == "#123456"


def test_circle_of_tokens_leads_nowhere():
    assert resolve({"--a": "var(--b)", "--b": "var(--a)"}, "--a").startswith("var(")
