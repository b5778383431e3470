"""A document as ODT, with headings, headed tables, its language, and protected warnings."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from odf import dc, meta, style, table, text
from odf.opendocument import OpenDocumentText

from practices.notes.document import Block, Bullets, Caution, Document, Heading, Line, Table

CONTENT_TYPE = "application/vnd.oasis.opendocument.text"
_HEADING_SIZES = {1: "20pt", 2: "15pt", 3: "12pt"}
_BORDER = "0.5pt solid"


def as_odt(document: Document) -> bytes:
    file = OpenDocumentText()
    _set_up(file, document)
    for number, block in enumerate(document.blocks):
        for element in _elements(block, number):
            file.text.addElement(element)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _set_up(file: Any, document: Document) -> None:
    file.meta.addElement(dc.Title(text=document.title))
    file.meta.addElement(dc.Creator(text=document.author))
    file.meta.addElement(meta.InitialCreator(text=document.author))
    file.meta.addElement(dc.Language(text="nl-NL"))
    default = style.DefaultStyle(family="paragraph")
    default.addElement(style.TextProperties(language="nl", country="NL", fontsize="11pt"))
    file.styles.addElement(default)
    for level, size in _HEADING_SIZES.items():
        _style(file, f"Heading{level}", size, "bold", before="0.5cm", keep="always")
    _style(file, "Body", "11pt", "normal")
    _style(file, "Bold", "11pt", "bold")
    _style(file, "Cell", "10pt", "normal", after="0cm")
    _style(file, "CellBold", "10pt", "bold", after="0cm")
    _style(file, "Caution", "11pt", "normal", border="2pt solid", after="0cm")
    _style(file, "CautionTitle", "11pt", "bold", border="2pt solid", after="0cm")
    cell = style.Style(name="TableCell", family="table-cell")
    cell.addElement(style.TableCellProperties(border=_BORDER, padding="0.1cm"))
    file.automaticstyles.addElement(cell)
    _page(file)


def _style(file: Any, name: str, size: str, weight: str, **layout: str) -> None:
    made = style.Style(name=name, family="paragraph", displayname=name)
    properties = {"marginbottom": layout.get("after", "0.2cm")}
    if "before" in layout:
        properties["margintop"] = layout["before"]
    if "keep" in layout:
        properties["keepwithnext"] = layout["keep"]
    if "border" in layout:
        properties |= {"borderleft": layout["border"], "padding": "0.15cm", "marginleft": "0.1cm"}
    made.addElement(style.ParagraphProperties(**properties))
    made.addElement(style.TextProperties(fontsize=size, fontweight=weight))
    file.styles.addElement(made)


def _page(file: Any) -> None:
    layout = style.PageLayout(name="A4")
    layout.addElement(
        style.PageLayoutProperties(
            pagewidth="21cm", pageheight="29.7cm", margin="2.3cm", printorientation="portrait"
        )
    )
    file.automaticstyles.addElement(layout)
    file.masterstyles.addElement(style.MasterPage(name="Standard", pagelayoutname=layout))


def _elements(block: Block, number: int) -> list[Any]:
    if isinstance(block, Heading):
        heading = text.H(outlinelevel=block.level, stylename=f"Heading{block.level}")
        return [_filled(heading, block.line)]
    if isinstance(block, Bullets):
        return [_bullets(block)]
    if isinstance(block, Caution):
        return [_caution(block, number)]
    if isinstance(block, Table):
        return [_paragraph(block.caption, "Bold"), _table(block, number), text.P(stylename="Body")]
    return [_paragraph(block.line, "Body")]


def _filled(element: Any, line: Line) -> Any:
    if line.url:
        element.addElement(text.A(href=line.url, type="simple", text=line.text))
    else:
        element.addText(line.text)
    return element


def _paragraph(line: Line, stylename: str) -> Any:
    return _filled(text.P(stylename=stylename), line)


def _bullets(block: Bullets) -> Any:
    bullets = text.List()
    for line in block.lines:
        item = text.ListItem()
        item.addElement(_paragraph(line, "Body"))
        bullets.addElement(item)
    return bullets


def _caution(block: Caution, number: int) -> Any:
    """In a section that can only be edited by who takes the protection off on purpose."""
    section = text.Section(name=f"Waarschuwing {number}", protected="true")
    section.addElement(_paragraph(block.title, "CautionTitle"))
    for line in block.lines:
        section.addElement(_paragraph(line, "Caution"))
    return section


def _table(block: Table, number: int) -> Any:
    made = table.Table(name=f"Tabel {number}")
    for _ in block.header:
        made.addElement(table.TableColumn())
    head = table.TableHeaderRows()
    head.addElement(_row(block.header, all_bold=True))
    made.addElement(head)
    for cells in block.rows:
        made.addElement(_row(cells))
    return made


def _row(cells: tuple[Line, ...], *, all_bold: bool = False) -> Any:
    row = table.TableRow()
    for position, line in enumerate(cells):
        cell = table.TableCell(stylename="TableCell", valuetype="string")
        cell.addElement(_paragraph(line, "CellBold" if all_bold or position == 0 else "Cell"))
        row.addElement(cell)
    return row
