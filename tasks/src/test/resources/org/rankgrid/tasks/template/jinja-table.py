"""Writes jinja-table.jsonl: templates, fields and what Jinja2 itself makes of them, as lm-evaluation-harness sets it up.

python jinja-table.py > jinja-table.jsonl      (made with Python 3.11.7 and jinja2 3.1.6)
"""

import json

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateSyntaxError

ENVIRONMENT = Environment(loader=BaseLoader, undefined=StrictUndefined, keep_trailing_newline=True)

PIQA = {"goal": "How do I boil an egg?", "sol1": "In water.", "sol2": "It's \"easy\": in a pan", "label": 0}
ARC = {
    "question": "Which is a \u00a0rock? ",
    "choices": {"text": ["granite", "a tree's leaf", "say \"hi\"", "both ' and \""], "label": ["A", "B", "C", "D"]},
    "answerKey": "C",
}
OBQA = {"question_stem": "The sun is", "choices": {"text": ["hot", "cold"], "label": ["A", "B"]}, "answerKey": " B"}
MMLU = {"question": "\u2003 What is 1+1?\x1c\n", "choices": ["1", "2", "3", "4"], "answer": 1}
SCIQ = {"support": "\n \u0085Water is wet.", "question": "What is wet?", "distractor1": "a", "distractor2": "b\n",
        "distractor3": "\u00e9\U0001f600", "correct_answer": "water\u200b"}
LAMBADA = {"text": "He said  that he\u00a0would never  come back"}
COQA = {"story": "Once.", "questions": ["q1", "q2", "q3"], "answers": {"input_text": ["a1", "a2", "a3"]}}
VALUES = {
    "s": "Hello, World", "e": "", "u": "\u00c5ngstr\u00f6m \U0001f600 e\u0301 stra\u00dfe", "n": 7, "m": -3, "z": 0,
    "f": 2.5, "t": True, "no": None, "l": [1, 2, 3], "el": [], "ls": ["b", "a", "c"],
    "d": {"a": 1, "b": "x", "items": 5}, "nested": {"a": {"b": ["x", "y"]}}, "mixed": [1, 2.0, "x", None, True, ["q"], {"k": "v"}],
    "\u00e9t\u00e9": "summer",
}

CASES = [
    # The templates of lm-evaluation-harness's own task files.
    ("Question: {{goal}}\nAnswer:", PIQA),
    ("{{[sol1, sol2]}}", PIQA),
    ("Question: {{question}}\nAnswer:", ARC),
    ("{{choices.label.index(answerKey)}}", ARC),
    ("{{choices.text}}", ARC),
    ("{{choices.label.index(answerKey.lstrip())}}", OBQA),
    ("{{choices.label.index(answerKey)}}", OBQA),
    ("{{question.strip()}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nC. {{choices[2]}}\nD. {{choices[3]}}\nAnswer:", MMLU),
    ("{{question.strip()}}\nE. {{choices[4]}}", MMLU),
    ("{{passage}}\nQuestion: {{question}}?\nAnswer:", {"passage": "P", "question": "q"}),
    ("Q: {{context}} {{question}}\nA:", {"context": "Tracy didn't go.", "question": "Why?"}),
    ("{{[answerA, answerB, answerC]}}", {"answerA": "a", "answerB": "b'", "answerC": "c\t"}),
    ("{{ (label|int) - 1 }}", {"label": "3"}),
    ("{{ (label|int) - 1 }}", {"label": "3\n"}),
    ("{{ (label|int) - 1 }}", {"label": "x"}),
    ("{{['a', 'b', 'c', 'd', 'e'].index(correct)}}", {"correct": "d"}),
    ("{{['a', 'b', 'c', 'd', 'e'].index(correct)}}", {"correct": "f"}),
    ("{{support.lstrip()}}\nQuestion: {{question}}\nAnswer:", SCIQ),
    ("{{[distractor1, distractor2, distractor3, correct_answer]}}", SCIQ),
    ("{{text.split(' ')[:-1]|join(' ')}}", LAMBADA),
    ("{{' '+text.split(' ')[-1]}}", LAMBADA),
    ('{% if answer is not none %}{{answer[21:]}}{% else %}{{answer_number|string}}{% endif %}', {"answer": None, "answer_number": 42}),
    ('{% if answer is not none %}{{question+"\\nAnswer:"}}{% else %}{{"Question: "+question+"\\nAnswer:"}}{% endif %}', {"answer": "a", "question": "Q"}),
    ("Choices:\n\n{% for i in range(choices['text']|length) %}\t{{ 'ABCD'[i] }}: {{ choices['text'][i] }}\n{% endfor %}\nAnswer: ", ARC),
    ("A. {{choices.text[0]}}{% if choices.text|length > 3 %}\nD. {{choices.text[3]}}{% endif %}\nYour", ARC),
    ("A. {{choices.text[0]}}{% if choices.text|length > 3 %}\nD. {{choices.text[3]}}{% endif %}\nYour", OBQA),
    ("{{ 'ABCD'[answerKey|int - 1] if answerKey|string in '1234' else answerKey }}", {"answerKey": "3"}),
    ("{{ 'ABCD'[answerKey|int - 1] if answerKey|string in '1234' else answerKey }}", {"answerKey": "D"}),
    ('{{story+"\\n\\n"}}{% for i in range(questions|length-1) %}{{"Q: "+questions[i]+"\\n\\n"+"A: "+answers["input_text"][i]+"\\n\\n"}}{% endfor %}{{"Q: "+questions[-1]+"\\n\\n"+"A:"}}', COQA),
    ("{% if is_fewshot is defined %}{{code}}{% else %}[ANSWER]{% endif %}", {"code": "c"}),
    ("{% if answers.text| length > 0 %}{{answers.text[0]}}{% else %}{{['Impossible']}}{% endif %}", {"answers": {"text": []}}),
    ("{% set _context = context.split('[SEP]')[-1] %}{{ _context | trim }}\nQ", {"context": "a[SEP] \u3000b "}),
    ("{% set letters = 'ABCDEFGH' %}{% for choice in options %}{{letters[loop.index0]}}. {{choice}}\n{% endfor %}end", {"options": ["x", "y"]}),
    ("{% for i in range(choices['label'] | length) -%}\n  {{ choices['label'][i] }}\n{% endfor -%}\n tail", ARC),
    # Text, white space and comments.
    ("", {}), ("plain\n", {}), ("a\r\nb\rc\n", {}), ("{ } %} }} #}", {}), ("\u00a0{{s}}\u00a0\n\n", VALUES),
    ("a {{- s -}} b", VALUES), ("a \u00a0\x1f{{- s -}}\u2003\n b", VALUES), ("a {%- if t -%} b {%- endif -%} c", VALUES),
    ("a {#- note -#} b", {}), ("a {# {{ nope }} {% bad %} #} b", {}), ("a{#-#} b", {}), ("a {#--#} b", {}), ("a {{+ n }}", VALUES), ("a {%+ if t +%} b{% endif %}", VALUES),
    ("{{ s }} {{s}}  {{\ns\n}}", VALUES), ("{{ '}}' }}", {}), ("{{ {'a': {'b': 1}}['a']['b'] }}", {}), ("{{ {'a': {}} }}", {}),
    ("{{-1}}", {}), ("{{ -1 }}", {}), ("x{%- set a = 1 -%}\n y{{a}}", {}), ("{{ 'a' }}\n{%- if true %}\n b\n{%- endif %}\n", {}),
    # Strings and their escapes.
    (r"{{ 'a\nb\t\\\'\"\x41\u00e9\U0001f600\101\N{GREEK SMALL LETTER ALPHA}\q\d' }}", {}), ("{{ 'it' \"'s\" ' one' }}", {}),
    ("{{ 'line\\\nbreak' }}", {}), (r"{{ '\x4' }}", {}), (r"{{ '\N{no such}' }}", {}), ("{{ 'open }}", {}), ("{{ 'caf\u00e9' }}", {}),
    # Numbers.
    ("{{ 1_000 }} {{ 1.50 }} {{ 1e3 }} {{ 1.5e-7 }} {{ 0 }} {{ 00 }}", {}), ("{{ 012 }}", {}), ("{{ 1. }}", {}), ("{{ .5 }}", {}), ("{{ 1e16 }} {{ 123456789.0 }} {{ 1e-5 }} {{ 0.0001 }}", {}),
    ("{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 // -2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 7 / 2 }} {{ 6 / 2 }}", {}),
    ("{{ 7.5 // 2 }} {{ -7.5 // 2 }} {{ -7.5 % 2 }} {{ 7.5 % -2 }} {{ 0.0 // -3 }} {{ 1 + 0.5 }} {{ 3 * 1.5 }}", {}),
    ("{{ 1 / 0 }}", {}), ("{{ 1 // 0 }}", {}), ("{{ 1.0 % 0 }}", {}), ("{{ t + 1 }} {{ t * 3 }} {{ -t }} {{ +t }}", VALUES), ("{{ 9007199254740993 / 3 }}", {}),
    ("{{ 2 + 3 * 4 - 1 }} {{ (2 + 3) * 4 }} {{ 1 - 2 - 3 }} {{ 2 * 3 % 4 }} {{ - n + 1 }} {{ -n|string }}", VALUES),
    ("{{ 1 ~ 2 + 3 }}", {}), ("{{ 1 ~ 2 * 3 }} {{ ('a' ~ 1) + 'b' }} {{ 'a' ~ none ~ true ~ 1.0 ~ [1] }}", {}),
    ("{{ s + n }}", VALUES), ("{{ n + s }}", VALUES), ("{{ s - s }}", VALUES), ("{{ -s }}", VALUES), ("{{ none + 1 }}", {}), ("{{ 'ab' * 3 }} {{ 2 * 'x' }} {{ 'a' * -1 }} {{ [1] * 2 }}", {}), ("{{ [1] + [2, 'x'] }} {{ (1,) + (2,) }}", {}), ("{{ [1] + (2,) }}", {}),
    # Values as Python prints them.
    ("{{ n }} {{ f }} {{ t }} {{ no }} {{ l }} {{ ls }} {{ mixed }} {{ nested }} {{ el }} {{ e }}|", VALUES), ("{{ (1, 'a') }} {{ (1,) }} {{ () }} {{ 1, 2 }} {{ 1, }}", {}),
    ("{{ ['\\u00a0', '\\n', \"it's\", '\"', '\\'\"', '\\\\', '\\x7f', '\\u200b', '\\U0001f600', '\\u0301', '\\ue000'] }}", {}), ("{{ true }} {{ True }} {{ false }} {{ none }} {{ None }}", {}),
    ("{{ {1: 'a', true: 'b', 1.0: 'c', '1': 2} }}", {}), ("{{ {[1]: 2} }}", {}),
    # Look-ups, indexes and slices.
    ("{{ d.a }} {{ d['b'] }} {{ d['items'] }} {{ nested.a.b[-1] }} {{ nested['a']['b'][0] }}", VALUES), ("{{ l[0] }} {{ l[-1] }} {{ l.1 }} {{ s[0] }} {{ s[-1] }} {{ l[true] }}", VALUES),
    ("{{ l[3] }}", VALUES), ("{{ s[99] }}", VALUES), ("{{ l[-4] }}", VALUES), ("{{ l['a'] }}", VALUES), ("{{ l[1.0] }}", VALUES), ("{{ d.c }}", VALUES), ("{{ d['c'] }}", VALUES), ("{{ d[[1]] }}", VALUES), ("{{ no.a }}", VALUES), ("{{ nope }}", VALUES), ("{{ nope.a }}", VALUES), ("{{ n[0] }}", VALUES),
    ("{{ s[1:4] }} {{ s[:5] }} {{ s[7:] }} {{ s[-5:] }} {{ s[:-7] }} {{ s[::2] }} {{ s[::-1] }} {{ s[8:2:-2] }} {{ s[99:] }}| {{ s[5:1] }}|", VALUES),
    ("{{ l[1:] }} {{ l[:-1] }} {{ l[::-1] }} {{ l[5:] }} {{ (1,2,3)[1:] }} {{ l[none:2] }} {{ l[-99:99] }} {{ l[99:-99:-1] }}", VALUES), ("{{ s[::0] }}", VALUES), ("{{ d[1:2] }}", VALUES), ("{{ s['a':] }}", VALUES),
    ("{{ u[9] }} {{ u[8:11] }} {{ u|length }} {{ u[-1] }} {{ u[::-1] }} {{ u.find('e') }} {{ u.index('\\u00df') }}", VALUES), ("{{ \u00e9t\u00e9 }}", VALUES),
    # Methods.
    ("{{ s.upper() }} {{ s.lower() }} {{ u.upper() }} {{ u.title() }} {{ u.capitalize() }} {{ '\u0149 \ufb03x \u01c6'.title() }} {{ '\u00dfA'.capitalize() }}", VALUES), ("{{ 'O\u0394\u039f\u03a3 \u03a3 A\u03a3\\'x A.\u03a3'.lower() }}", {}),
    ("{{ ' \u00a0\x1c\u0085a\u2003'.strip() }}| {{ 'xxaxx'.strip('x') }} {{ 'abca'.lstrip('ab') }} {{ 'a, ,'.rstrip(' ,') }} {{ ' a '.strip(none) }}|", {}),
    ("{{ 'a b  c '.split() }} {{ 'a b  c '.split(' ') }} {{ 'a,b,c'.split(',', 1) }} {{ ' a b  c '.split(none, 1) }} {{ ''.split() }} {{ ''.split(',') }} {{ 'a\u00a0b\x1fc'.split() }}", {}), ("{{ 'a'.split('') }}", {}),
    ("{{ 'aaa'.replace('a', 'b', 2) }} {{ 'ab'.replace('', '-') }} {{ '\U0001f600a'.replace('', '-') }} {{ 'abab'.replace('ab', '') }} {{ 'aaa'.replace('aa', 'b') }} {{ ''.replace('', 'x') }} {{ 'abc'.replace('', '-', 2) }}", {}),
    ("{{ s.startswith('Hell') }} {{ s.endswith('d') }} {{ s.startswith(('x', 'H')) }} {{ s.endswith(()) }} {{ s.startswith('') }}", VALUES), ("{{ s.startswith(['H']) }}", VALUES), ("{{ s.startswith(1) }}", VALUES),
    ("{{ s.find('o') }} {{ s.find('o', 5) }} {{ s.find('z') }} {{ s.find('', 12) }} {{ s.find('', 13) }} {{ s.find('o', -4) }} {{ s.find('o', 0, 4) }} {{ s.count('l') }} {{ s.count('') }} {{ s.index('W') }}", VALUES), ("{{ s.index('z') }}", VALUES), ("{{ ''.find(0, 1) }}", VALUES),
    ("{{ ', '.join(ls) }} {{ '-'.join('abc') }} {{ ''.join([]) }}| {{ '-'.join({'x': 1, 'y': 2}) }}", VALUES), ("{{ ','.join(l) }}", VALUES),
    ("{{ '{} is {}'.format('a', 1) }} {{ '{1}{0}{{}}'.format('a', 2.0) }}", {}), ("{{ '{} {}'.format(1) }}", {}), ("{{ '{'.format(1) }}", {}), ("{{ '{0} {}'.format(1) }}", {}),
    ("{{ ls.index('a') }} {{ [1, 2, 1].count(1) }} {{ [1, 2, 1].count(true) }} {{ (1, 2).index(2.0) }}", VALUES), ("{{ ls.index('z') }}", VALUES), ("{{ n.strip() }}", VALUES), ("{{ d.strip() }}", VALUES), ("{{ no.strip() }}", VALUES), ("{{ s.items() }}", VALUES),
    ("{% for k, v in nested.items() %}{{k}}={{v}};{% endfor %}{% for k in d %}{{k}}{% endfor %}{% for v in d.values() %}{{v}}{% endfor %}{{ d.keys()|list }} {{ d.items()|list }} {{ d.values()|join('+') }} {{ d.get('a') }} {{ d.get('q') }} {{ d.get('q', 4) }} {{ 'a' in d.keys() }} {{ d.keys()|length }}", VALUES),
    # Filters.
    ("{{ ' a '|trim }}|{{ 'xax'|trim('x') }} {{ l|length }} {{ s|length }} {{ d|length }} {{ l|count }} {{ 'AbC'|lower }} {{ 'AbC'|upper }} {{ 'abC dE'|capitalize }} {{ 5|upper }}", VALUES), ("{{ n|length }}", VALUES), ("{{ no|length }}", VALUES),
    ("{{ \"they're bill's (friends-and) [x] {y} <z> \u00dfx\u00a0\u00e9a\"|title }} {{ 'ab'|title }} {{ ''|title }}|", {}),
    ("{{ s|replace('l', 'L') }} {{ s|replace('l', 'L', 1) }} {{ 101|replace(1, 2) }} {{ ls|join }} {{ ls|join(', ') }} {{ mixed|join('|') }} {{ 'abc'|join('-') }} {{ l|join(0) }}", VALUES),
    ("{{ l|first }} {{ l|last }} {{ s|first }} {{ s|last }} {{ d|first }} {{ d|last }}", VALUES), ("{{ el|first }}", VALUES), ("{{ e|last }}", VALUES), ("{{ n|first }}", VALUES),
    ("{{ '42'|int }} {{ ' -7 '|int }} {{ '42.9'|int }} {{ 'x'|int }} {{ 'x'|int(5) }} {{ 3.9|int }} {{ -3.9|int }} {{ true|int }} {{ none|int }} {{ [1]|int }} {{ '1_0'|int }} {{ '\u0663'|int }} {{ 'nan'|int }} {{ 'inf'|int }} {{ ''|int }} {{ '1e2'|int }}", {}),
    ("{{ '1.5'|float }} {{ 'x'|float }} {{ 2|float }} {{ ' 1e3 '|float }} {{ 'x'|float(1.5) }} {{ '.5'|float }} {{ '5.'|float }} {{ '-inf'|float }} {{ 'NaN'|float }} {{ '1__0'|float }}", {}), ("{{ '1e400'|float|int }}", {}),
    ("{{ 5|string + 'a' }} {{ 'ab'|list }} {{ (1,2)|list }} {{ d|list }} {{ [1,'a']|string }} {{ range(3)|list }} {{ range(1, 11, 4)|list }} {{ range(3, 0, -1)|list }} {{ range(0)|list }}", VALUES), ("{{ n|list }}", VALUES), ("{{ range(1, 2, 0)|list }}", VALUES), ("{{ range('a') }}", VALUES),
    ("{{ nope|default('x') }} {{ nope|d }}| {{ s|default('x') }} {{ e|default('x') }}| {{ e|default('x', true) }} {{ no|default('x') }} {{ d.q|default('y') }} {{ l[9]|default('z') }}", VALUES), ("{{ nope.q|default('x') }}", VALUES), ("{{ nope|upper }}", VALUES), ("{{ nope|length }}", VALUES), ("{{ nope|int }}", VALUES),
    ("{{ -5|string }} {{ 'a'|upper ~ 'b'|upper }} {{ 'a' + 'b'|upper }} {{ ('a' + 'b')|upper }} {{ n|string|length }}", VALUES),
    # Tests, comparisons and logic.
    ("{{ s is defined }} {{ nope is defined }} {{ nope is undefined }} {{ nope is not defined }} {{ no is none }} {{ s is not none }} {{ nope is none }} {{ d.q is defined }} {{ nope is string }}", VALUES), ("{{ nope.a is defined }}", VALUES),
    ("{{ s is string }} {{ n is string }} {{ n is number }} {{ t is number }} {{ t is integer }} {{ t is boolean }} {{ f is float }} {{ n is integer }} {{ d is mapping }} {{ l is mapping }} {{ 3 is odd }} {{ 4 is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 2 is in [1, 2] }} {{ not 3 is even }}", VALUES), ("{{ s is odd }}", VALUES),
    ("{{ 1 < 2 }} {{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 2 >= 2.0 }} {{ 'a' < 'b' }} {{ 'B' < 'a' }} {{ [1, 2] < [1, 3] }} {{ 1 == 1.0 }} {{ 1 == true }} {{ '1' == 1 }} {{ none == none }} {{ [1] == (1,) }} {{ {'a': 1} == {'a': 1.0} }} {{ 1 != 2 }} {{ '\uffee' < '\U0001f600' }} {{ 9007199254740993 == 9007199254740992.0 }}", {}),
    ("{{ 'a' < 1 }}", {}), ("{{ none < 1 }}", {}), ("{{ 1 < nope }}", {}), ("{{ {} < {} }}", {}),
    ("{{ 'ell' in s }} {{ 'x' not in s }} {{ 1 in l }} {{ '1' in l }} {{ 'a' in d }} {{ 1.0 in l }} {{ '' in '' }} {{ 2 in range(3) }} {{ none in mixed }}", VALUES), ("{{ 1 in s }}", VALUES), ("{{ 1 in n }}", VALUES), ("{{ [1] in d }}", VALUES), ("{{ nope in l }}", VALUES),
    ("{{ e or 'x' }} {{ s and n }} {{ z and s }} {{ not e }} {{ not s }} {{ no or el or 0.0 }} {{ 1 and [] }} {{ t or nope }} {{ e and nope }}|", VALUES), ("{{ t and nope }}", VALUES), ("{{ nope or t }}", VALUES), ("{{ not nope }}", VALUES),
    ("{{ 'y' if t else 'n' }} {{ 'y' if e else 'n' }} {{ 'y' if e else 'm' if z else 'n' }} {{ 'y' if l|length > 2 and not z else 'n' }} {{ 'y' if t }}", VALUES), ("{{ 'y' if e }}|{{ ('y' if e) ~ 'z' }}{% if 'y' if e %}{% endif %}", VALUES), ("{{ 'y' if e }}|{{ ('y' if e) ~ 'z' }}{% if ('y' if e) %}a{% endif %}{{ ('y' if e) is defined }}{{ ('y' if e)|default('d') }}{{ not ('y' if e) }}", VALUES), ("{{ ('y' if e) + 'z' }}", VALUES),
    # Statements.
    ("{% if n > 5 %}a{% elif n > 3 %}b{% else %}c{% endif %}{% if m > 5 %}a{% elif n > 3 %}b{% else %}c{% endif %}{% if z %}a{% elif e %}b{% else %}c{% endif %}{% if z %}q{% endif %}", VALUES), ("{% if nope %}a{% endif %}", VALUES),
    ("{% for x in ls %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.revindex }}{{ loop.revindex0 }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}", VALUES),
    ("{% for x in el %}a{% else %}none{% endfor %}{% for x in l %}{{x}}{% else %}none{% endfor %}", VALUES), ("{% for c in 'a\U0001f600b' %}[{{ c }}]{% endfor %}", {}), ("{% for x in n %}{% endfor %}", VALUES), ("{% for x in nope %}{% endfor %}", VALUES),
    ("{% for a, b in [(1, 2), [3, 4]] %}{{ a }}-{{ b }} {% endfor %}{% for a, b in ['xy'] %}{{a}}{{b}}{% endfor %}", {}), ("{% for a, b in [(1, 2, 3)] %}{% endfor %}", {}), ("{% for x in [1, 2] %}{% for y in 'ab' %}{{ x }}{{ y }}{{ loop.index }}{% endfor %}{{ loop.index }} {% endfor %}", {}), ("{{ loop.index }}", {}), ("{% for x in 1, 2 %}{{x}}{% endfor %}", {}),
    ("{% set x = 1 %}{{ x }}{% set x = x + 1 %}{{ x }}{% for i in [5] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}{{ x }}", {}), ("{% set x = 0 %}{% for i in [1, 2, 3] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}{{ x }}", {}), ("{% if true %}{% set x = 5 %}{% endif %}{{ x }}", {}), ("{% if false %}{% set s = 5 %}{% endif %}{{ s }}", VALUES), ("{% if false %}{% set x = 5 %}{% endif %}{{ x }}", {}), ("{% set a, b = 1, 'x' %}{{ a }}{{ b }}", {}), ("{% set s = s|upper %}{{ s }}", VALUES), ("{% for s in l %}{{ s }}{% endfor %}{{ s }}", VALUES), ("{% set a, b = 1 %}", {}),
    # Not templates.
    ("{{", {}), ("{{ }}", {}), ("{{ s", {}), ("{% if t %}", VALUES), ("{% endif %}", {}), ("{% if %}a{% endif %}", {}), ("{% foo %}", {}), ("{# open", {}), ("{{ s s }}", VALUES), ("{{ 1 + }}", {}), ("{{ (1 }}", {}), ("{{ [1, }}", {}), ("{{ 1) }}", {}), ("{{ (1] }}", {}), ("{{ {1 2} }}", {}), ("{{ s|nofilter }}", VALUES), ("{{ s is notest }}", VALUES), ("{{ s. }}", VALUES), ("{{ s| }}", VALUES), ("{{ a ? b }}", {}), ("{{ $ }}", {}), ("{% for in l %}{% endfor %}", {}), ("{% for x l %}{% endfor %}", {}), ("{% for loop in [1] %}{% endfor %}", {}), ("{% set none = 1 %}", {}), ("{% set 1 = 1 %}", {}), ("{% if t %}{% endfor %}", {}), ("{% for x in [1] %}{% endif %}", {}), ("{% else %}", {}), ("{% %}", {}), ("{{ s|first[0] }}", VALUES), ("{{ 1 is odd is even }}", {}), ("{% if t %}a{% else %}b{% else %}c{% endif %}", VALUES), ("{% if t %}a{% else %}b{% elif z %}c{% endif %}", VALUES), ("{{ a = 1 }}", {}), ("{{ %} }}", {}), ("{{ 1 %}", {}), ("{% if 'a' if t else 'b' %}{% endif %}", VALUES),
]

# What Jinja2 renders or refuses only while rendering, and the templates here refuse when they are read.
REFUSED = [
    ("{{ [nope] }}", VALUES), ("{{ (1, nope) }}", VALUES), ("{{ {'a': nope} }}", VALUES), ("{{ [l[9]]|length }}", VALUES),
    ("{{ s[] }}", VALUES),     ("{{ 2 ** 3 }}", {}), ("{{ '%s' % 1 }}", {}), ("{{ s|reverse }}", VALUES), ("{{ l|map('string')|list }}", VALUES), ("{{ s|safe }}", VALUES), ("{{ s|join(d=',') }}", VALUES), ("{{ s.zfill(20) }}", VALUES), ("{{ s.swapcase() }}", VALUES), ("{{ dict(a=1) }}", {}), ("{{ namespace() }}", {}), ("{{ lipsum() }}", {}), ("{% raw %}{{ x }}{% endraw %}", {}), ("{% set x %}a{% endset %}{{ x }}", {}), ("{% macro m() %}{% endmacro %}", {}), ("{% with a = 1 %}{{ a }}{% endwith %}", {}), ("{% filter upper %}a{% endfilter %}", {}), ("{% for x in l if x > 1 %}{{ x }}{% endfor %}", VALUES), ("{{ range(3) }}", {}), ("{{ d.items() }}", VALUES), ("{{ d.items }}", VALUES), ("{{ s.upper }}", VALUES), ("{% for x in l %}{{ loop }}{% endfor %}", VALUES), ("{{ [(1 if z)] }}", VALUES), ("{{ 9223372036854775807 + 1 }}", {}), ("{{ 9223372036854775808 }}", {}), ("{{ 0x10 }}", {}), ("{{ [nope]|length }}", {}), ("{{ s.upper(1) }}", VALUES), ("{{ s.nomethod() }}", VALUES), ("{{ f() }}", {}), ("{{ '\\ud83d' }}", {}), ("{{ s|default('a', 'b', 'c') }}", VALUES), ("{{ '{:>5}'.format(1) }}", {}), ("{{ '{a}'.format(1) }}", {}), ("{% for x in l recursive %}{% endfor %}", VALUES), ("{{ if }}", {"if": 1}), ("{% include 'x' %}", {}), ("{{ s.__class__ }}", VALUES), ("{{ s.__class__.__mro__ }}", VALUES), ("{{ l.__len__() }}", VALUES),
]


def outcome(template, fields):
    try:
        compiled = ENVIRONMENT.from_string(template)
    except TemplateSyntaxError:
        return {"error": "template"}
    try:
        return {"output": compiled.render(**fields)}
    except Exception:
        return {"error": "row"}


if __name__ == "__main__":
    for template, fields in CASES:
        print(json.dumps({"template": template, "fields": fields, **outcome(template, fields)}))
    for template, fields in REFUSED:
        print(json.dumps({"template": template, "fields": fields, "error": "refused"}))
