"""Writes texts.jsonl, values.jsonl and literals.jsonl: what Python itself says of texts, values and literals.

python python-tables.py      (made with Python 3.11.7, Unicode 14)
"""

import ast
import json
import re

SPACES = [chr(c) for c in range(0x110000) if chr(c).isspace()]
SPECIAL = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000 and (len(chr(c).title()) > 1 or len(chr(c).upper()) > 1 or len(chr(c).lower()) > 1)]
TEXTS = [
    "", "a", "Hello, World", "hELLO wORLD", "  two  spaces  ", "\ttab\nline\r\nend\r", "\u00a0nbsp\u00a0", "\u0085nel\u0085", "\x1cfs\x1dgs\x1ers\x1fus\x1f",
    "\u200bzero width\u200b", "\ufeffbom", "\u180emongolian", "".join(SPACES), "x" + "x".join(SPACES) + "x", "\u2028line\u2029paragraph", "\u3000wide\u3000",
    "\U0001f600 emoji \U0001f469\u200d\U0001f469\u200d\U0001f467 family", "e\u0301 combining", "stra\u00dfe", "\u00dfsharp", "\ufb01ne \ufb03x", "\u0149 n", "\u01c6 \u01c5 \u01c4 dz", "\u0130stanbul I\u0131i",
    "\u03a3", "\u039f\u0394\u039f\u03a3", "\u039f\u0394\u039f\u03a3 \u039f\u0394\u039f\u03a3.", "A\u03a3B", "A\u03a3'", "A'\u03a3", "A\u03a3'B", "1\u03a3", " \u03a3 ", "A\u0301\u03a3\u0301", "A.\u03a3.B", "A-\u03a3-B", "\u03a3\u03a3\u03a3", "A\u00ad\u03a3\u200b",
    "they're bill's friends", "x-ray o'neill 3rd", "\u1f80\u1f88 \u1fb3 \u1fbc", "\u10d0\u10d1 georgian", "\U00010428\U00010400 deseret", "\u0e01\u0e33 thai", "\u4e2d\u6587", "ABC123def", "\u24d0\u24b6 \u2170\u2160", "\u1e9e capital sharp", "\u00aa\u00ba ordinals", "\u02b0modifier", "\u0345\u03b1",
    "quote ' single", 'quote " double', "both ' and \"", "back\\slash", "\x00\x07\x7f\x80\x9f", "\u00ad\u061c\u200e", "\ue000private", "\U000e0001tag \U0010ffff", "\u0378unassigned",
] + SPECIAL + ["x" + c + "Y" + c for c in SPECIAL[:12]]

VALUES = [
    None, True, False, 0, 1, -7, 9223372036854775807, -9223372036854775808, 0.0, -0.0, 1.0, -1.5, 0.1, 100.0, 1e15, 1e16, 123456789012345680.0, 1e22, 1e23, 2e23, 0.0001, 0.00001, 1.5e-7, 5e-324, 1e-323, 2.2250738585072014e-308, 1.7976931348623157e308, 3.0000000000000004, 0.30000000000000004, 1 / 3, 9007199254740993.0, 4.35, 1e100, 9.5367431640625e-07, 2e-310, 8.41e21, 9.999999999999999e22, 2.0**-1074 * 3,
    "", "a", "it's", 'a "b"', "'\"", "\n", [], [1, "a", None, [True]], {}, {"a": 1, "b": [1.0, {"c": "d"}]}, [[], {}, ""], ["\u00e9\U0001f600\u00a0\u200b"],
]

LITERALS = [
    "'a'", '"a"', "''", "'''a'b\n\"c'''", '"""x\r\ny"""', "'it\\'s'", "\"it's\"", "r'\\n\\'x'", "R\"a\\b\"", "u'a'", "U'a'", "'a' 'b'", "'a'\"b\" r'\\c'", "('a'\n'b')", "['a' 'b', 'c']",
    r"'\n\t\r\a\b\f\v\\\'\"\x41\u00e9\U0001f600\101\7\0\377\N{EURO SIGN}\q\ '", "'line\\\ncontinued'", "'\u00e9\U0001f600'",
    "0", "00", "1", "-1", "+1", "- 1", "1_000", "0x1F", "0b101", "0o17", "-0x10", "1.", ".5", "1.5", "1e3", "1.5E-3", "-.5e+2", "1_0.0_1", "0e0", "1e999", "01.5", "9223372036854775807", "-9223372036854775808", "00.5", "01e1",
    "True", "False", "None", "[]", "[1]", "[1, 2,]", "[ 1 , [2, [3]] ]", "()", "(1)", "(1,)", "(1, 2)", "1, 2", "1,", "'a', 'b'", "((1, 2), [3])", "{}", "{'a': 1}", "{'a': 1, 'b': [1, {'c': None}],}", "{1: 'a', True: 'b', 1.0: 'c'}", "{(1, 2): 3, (1, 2.0): 4}", "{None: 1}", "[1,\n 2 # two\n, 3]", "  \t1", "1  ", "1\n", "1\n\n# end\n", "\n1", "[1 \\\n, 2]", "1 # one", "[\x0c1]", "[(1,), (), '']",
    "['In water.', 'It\\'s \"easy\": in a pan']", "[\"a tree's leaf\", 'say \"hi\"', 'both \\' and \"', '\\xa0\\u2003']", "['\\n', '\\\\n']",
    "{'question': \"What's  _  .\", 'answer': 'B', 'options': ['a', 'b']}",
    # Not literals.
    "", " ", "a", "'a", "'a\nb'", "'a\rb'", "'''a", "a'b'", "'\\x4'", "'\\u12'", "'\\N{nope}'", "'\\U00110000'", "[1", "[1, , 2]", "[,]", "(,)", "1]", "[1)", "{'a': }", "{: 1}", "{'a' 1}", "{[1]: 2}", "{{}: 1}", "1 2", "1 + 2", "--1", "-True", "-'a'", "-[1]", "+None", "01", "1__0", "1_", "_1", "0x", "0xg", "1a", "1.5.5", "1e", "nan", "inf", "true", "null", "Nonesuch", "TrueFalse", "a.b", "f()", "[x for x in []]", "lambda: 1", "'a' % 1", "1\n2", "\u00a01", "1\u00a0", "'a' + 'b'", "f'a'", "b'a' 'b'", "ur'a'", "'a' b", "1 if 1 else 2", "{**{}}", "[*[]]", "\x00", "'\x00'", "1;", "$", "?", "'a''", "\\", "(" * 300 + ")" * 300, "((1)", "not True", "1 < 2", "__import__('os')", "\n 1 +",
]
# Literals of Python that are refused here.
REFUSED = ["b'a'", "{1}", "{'a'}", "{1, 2}", "1j", "1+2j", "9223372036854775808", "...", "'\\ud83d'", "set()", "rb'a'", "-9223372036854775809"]


def write(name, rows):
    with open(name, "w") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")


def literal(text):
    try:
        return {"text": text, "repr": repr(ast.literal_eval(text))}
    except Exception:
        return {"text": text}


write("texts.jsonl", [{
    "text": t, "strip": t.strip(), "lstrip": t.lstrip(), "rstrip": t.rstrip(), "stripped of ax '": t.strip("ax '\U0001f600"), "capitalize": t.capitalize(), "title": t.title(), "upper": t.upper(), "lower": t.lower(),
    "length": len(t), "trailing": len(t) - len(t.rstrip()), "split": t.split(), "split by re": re.split(r"\s+", t), "repr": repr(t),
} for t in TEXTS])
write("values.jsonl", [{"value": v, "str": str(v), "repr": repr(v)} for v in VALUES])
write("literals.jsonl", [literal(t) for t in LITERALS] + [{"text": t} for t in REFUSED])
