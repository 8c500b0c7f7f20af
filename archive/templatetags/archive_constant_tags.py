"""`translate`, `static` and `url` for templates that are rendered often: where all they are given
is written in the template, their text is worked out once for each language.

Load it after Django's own: {% load i18n static archive_constant_tags %}.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template import defaulttags
from django.template.base import Node, Parser, Token, Variable
from django.templatetags import i18n
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

from archive.addresses import surroundings

register = template.Library()


class KeptNode(Node):
    """Renders another node once for each of its surroundings."""

    child_nodelists = ()

    def __init__(self, node: Node, surroundings: Callable[[], Hashable]) -> None:
        self._node = node
        self._surroundings = surroundings
        self._kept: dict[Hashable, str] = {}

    def render(self, context: template.Context) -> str:
        key = (context.autoescape, self._surroundings())
        if key not in self._kept:
            self._kept[key] = self._node.render(context)
        return self._kept[key]


class KeptUrlNode(KeptNode):
    """{% url … as name %} also sets the variable; "" where there is no such address."""

    def __init__(self, node: Any, surroundings: Callable[[], Hashable]) -> None:
        super().__init__(node, surroundings)
        self._name = node.asvar

    def render(self, context: template.Context) -> str:
        key = self._surroundings()
        if key not in self._kept:
            written = self._node.render(context)
            self._kept[key] = context[self._name] if self._name else written
        if not self._name:
            return self._kept[key]
        context[self._name] = self._kept[key]
        return ""


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node: Any = i18n.do_translate(parser, token)
    variable, about = node.filter_expression, node.message_context
    is_literal = not variable.filters and variable.var.literal is not None
    if node.noop or node.asvar or not is_literal or not (about is None or _is_constant(about)):
        return node  # type: ignore[no-any-return]
    return KeptNode(node, get_language)


@register.tag("static")
def static(parser: Parser, token: Token) -> Node:
    node: Any = StaticNode.handle_token(parser, token)
    if node.varname or settings.DEBUG or not _is_constant(node.path):
        return node  # type: ignore[no-any-return]
    return KeptNode(node, lambda: settings.STATIC_URL)


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    node: Any = defaulttags.url(parser, token)
    if node.args or node.kwargs or not _is_constant(node.view_name):
        return node  # type: ignore[no-any-return]
    return KeptUrlNode(node, surroundings)


def _is_constant(expression: Any) -> bool:
    return not expression.filters and not isinstance(expression.var, Variable)
