"""A document as DOCX, with headings, headed tables, its language, and locked warnings."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from practices.notes.document import Block, Bullets, Caution, Document, Heading, Line, Table

LANGUAGE = "nl-NL"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_docx(document: Document) -> bytes:
    file = docx.Document()
    _set_up(file, document)
    for block in document.blocks:
        _write(file, block)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _set_up(file: Any, document: Document) -> None:
    properties = file.core_properties
    properties.title, properties.author = document.title, document.author
    properties.language, properties.comments = LANGUAGE, ""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    for fonts in file.styles.element.iter(qn("w:rPrDefault")):
        for language in fonts.iter(qn("w:lang")):
            language.set(qn("w:val"), LANGUAGE)


def _write(file: Any, block: Block) -> None:
    if isinstance(block, Heading):
        file.add_heading(block.line.text, block.level)
    elif isinstance(block, Bullets):
        for line in block.lines:
            _add(file.add_paragraph(style="List Bullet"), line)
    elif isinstance(block, Caution):
        _add_caution(file, block)
    elif isinstance(block, Table):
        _add_table(file, block)
    else:
        _add(file.add_paragraph(), block.line)


def _add(paragraph: Any, line: Line, *, bold: bool = False) -> None:
    run = paragraph.add_run(line.text)
    run.bold = bold or None
    if line.url:
        run.underline = True
        link = OxmlElement("w:hyperlink")
        relation = paragraph.part.relate_to(line.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        run._r.addprevious(link)
        link.append(run._r)


def _add_caution(file: Any, block: Caution) -> None:
    """In a content control that can be neither edited nor removed."""
    paragraphs = [file.add_paragraph()]
    _add(paragraphs[0], block.title, bold=True)
    for line in block.lines:
        paragraphs.append(file.add_paragraph())
        _add(paragraphs[-1], line)
    for paragraph in paragraphs:
        _frame(paragraph)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(_locked(block.title.text))
    paragraphs[0]._p.addprevious(control)
    control.append(content)
    for paragraph in paragraphs:
        content.append(paragraph._p)


def _locked(name: str) -> Any:
    settings = OxmlElement("w:sdtPr")
    for tag, value in (("w:alias", name[:60]), ("w:lock", "sdtContentLocked")):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        settings.append(element)
    return settings


def _frame(paragraph: Any) -> None:
    """A bar along the left side; the text itself says that it is a warning."""
    borders, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "36"), ("space", "8"), ("color", "auto")):
        bar.set(qn(f"w:{name}"), value)
    borders.append(bar)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent = Cm(0.4)


def _add_table(file: Any, block: Table) -> None:
    caption = file.add_paragraph(style="Caption")
    _add(caption, block.caption)
    caption.paragraph_format.keep_with_next = True
    table = file.add_table(rows=0, cols=len(block.header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for number, cells in enumerate((block.header, *block.rows)):
        row = table.add_row()
        _keep_whole(row, header=number == 0)
        for position, (cell, line) in enumerate(zip(row.cells, cells, strict=True)):
            _add(cell.paragraphs[0], line, bold=number == 0 or position == 0)
    file.add_paragraph()


def _keep_whole(row: Any, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
