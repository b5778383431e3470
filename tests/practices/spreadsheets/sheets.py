"""Small files in the three kinds, made and read by the code of the site."""

from io import BytesIO

import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from practices.models import Practice
from practices.spreadsheets.files import FORMATS, read
from practices.spreadsheets.resource import PracticeResource

NEW = {"adres": "werkhuis", "titel": "Werkhuis", "soort": "methode", "samenvatting": "Kort."}


def a_file(*rows, kind="csv", headings=None):
    headings = headings or list(dict.fromkeys(name for row in rows for name in row))
    dataset = tablib.Dataset(headers=headings, title="Praktijken")
    for row in rows:
        dataset.append([row.get(name, "") for name in headings])
    guide = tablib.Dataset(headers=["kolom"], title="Uitleg")
    return FORMATS[kind].export_data(dataset, guide=guide)


def exported(practices=None, kind="csv"):
    resource = PracticeResource()
    found = Practice.objects.all() if practices is None else practices
    return FORMATS[kind].export_data(resource.sheet(found), guide=resource.guide_sheet())


def rows_of(data):
    found = read(data)
    return [dict(zip(found.headings, cells, strict=True)) for _, cells in found.rows]


def upload(data, name="praktijken.csv"):
    return SimpleUploadedFile(name, BytesIO(data).getvalue())
