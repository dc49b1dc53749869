"""The live configuration as the record tells it: counting methods with every rule, and the settings of the observatory."""

import hashlib
from collections.abc import Iterator, Mapping
from importlib import resources

from marsad.assess.policies import chosen_policies
from marsad.assess.policy import RULES, Policy
from marsad.collect.kinds import KINDS
from marsad.pipeline.observatory import Observatory
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import PublicMethod, PublicMethodRule, PublicSetting, compose

_LONG = 400


def methods_of(observatory: Observatory) -> tuple[PublicMethod, ...]:
    """Return the counting methods that the observatory computes tolls under, in its order, with every rule of each."""
    return tuple(_method(policy) for policy in chosen_policies(observatory.policies))


def settings_of(observatory: Observatory, policy: PublicationPolicy, listed: list[str]) -> tuple[PublicSetting, ...]:
    """Return what the observatory works with: languages, kinds of file, weights, lists; `listed` are its public outlets."""
    said = dict(_settings(observatory, policy, listed))
    return tuple(PublicSetting(compose(key), compose(value, _LONG)) for key, value in said.items())


def _settings(observatory: Observatory, policy: PublicationPolicy, listed: list[str]) -> Iterator[tuple[str, str]]:
    lexicons = sorted(file.name[:2] for file in (resources.files("marsad.resources") / "lang").iterdir())
    yield "languages_read", " ".join(lexicons)
    yield "languages_told", " ".join(observatory.languages)
    yield "file_kinds", " ".join(sorted(KINDS))
    weights = (resources.files("marsad.resources") / "linking.toml").read_bytes()
    yield "linking", hashlib.sha256(weights).hexdigest()[:12]
    if listed:
        yield "public_outlets", ", ".join(listed)
    yield "known_names", str(len(policy.public_names))
    yield "sensitive_words", str(len(policy.sensitive_words))
    yield "personal_hosts", str(len(policy.personal_hosts))
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        lists = sum(1 for one in reading.place_lists() if one.used)
    yield "place_lists", str(lists)


def _method(policy: Policy) -> PublicMethod:
    rules = []
    for key in RULES:
        rule = policy.rules.get(key)
        if rule is not None:
            words = (compose(rule.source, _LONG), compose(rule.example, _LONG))
            rules.append(PublicMethodRule(compose(key), compose(_value(rule.value)), *words))
    title, about = compose(policy.title), compose(policy.about, _LONG)
    return PublicMethod(compose(policy.name, 40), compose(policy.version), title, about, tuple(rules))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{word} = {number}" for word, number in value.items())
    return str(value)
