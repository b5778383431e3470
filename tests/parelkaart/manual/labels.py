"""What an editor can read on a button, a link, a field or a list, as far as the code tells."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import trans_real

from practices.admin.handling import STEPS

ROOT = Path(__file__).resolve().parents[3]
APPS = ("municipalities", "parelkaart", "practices")
CODE_OF_TEMPLATE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
PARAMETER = re.compile(r'(?:button|words)="([^"]+)"')
ATTRIBUTE = re.compile(r'\bvalue="([^"]+)"')
STRING = re.compile(r'"([^"\n]+)"')
NAME = re.compile(r"%\((?:name|verbose_name)\)s")


def in_templates():
    for path in ROOT.glob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        yield from PARAMETER.findall(text)
        plain = CODE_OF_TEMPLATE.sub("<>", text)
        yield from ATTRIBUTE.findall(plain)
        yield from re.findall(r">([^<>]+)<", plain)


def in_code():
    for app in APPS:
        for path in ROOT.glob(f"{app}/**/*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
        for path in ROOT.glob(f"{app}/static/**/*.js"):
            yield from STRING.findall(path.read_text(encoding="utf-8"))


def of_django():
    """With the names of our objects where Django leaves room for one."""
    names = [str(model._meta.verbose_name) for model in apps.get_models()]
    for text in trans_real.translation("nl")._catalog._catalogs:
        for word in text.values():
            if NAME.search(word):
                yield from (NAME.sub(capfirst(name), word) for name in names)
            else:
                yield word


def known():
    composed = (f"{step.label}…" for step in STEPS.values())
    found = {*in_templates(), *in_code(), *of_django(), *composed}
    return {plain(text) for text in found}


def plain(text):
    return capfirst(" ".join(text.split()).rstrip(":"))
