"""The decorator for plain values does what that of the standard library does, but for the guard against assignments."""

import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, cast

import pytest

from explainer.base.dataclass import dataclass

Decorator = Callable[..., Any]
BOTH = pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass], ids=["ours", "standard"])


@dataclass(frozen=True, slots=True)
class Spot:
    """A value that is pickled, and so must have a name."""

    x: int
    y: int = 0


def made(decorator: Decorator, **options: bool) -> Any:
    """A class with a field that is not compared and one that is not shown."""

    class Value:
        name: str
        size: int = 1
        seen: list[int] = dataclasses.field(default_factory=list, compare=False)
        hidden: str = dataclasses.field(default="", repr=False)

    return decorator(**options)(Value)


@BOTH
@pytest.mark.parametrize("slots", [False, True])
def test_a_frozen_value_is_equal_to_one_with_the_same_fields_and_hashed_alike(
    decorator: Decorator, slots: bool
) -> None:
    value = made(decorator, frozen=True, slots=slots)
    one, same, other = value("a", seen=[1]), value("a", seen=[2]), value("a", hidden="x")

    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != ("a", 1, "")
    assert len({one, same, other}) == 2
    assert repr(one).endswith(".Value(name='a', size=1, seen=[1])")
    assert hasattr(one, "__dict__") is not slots
    assert dataclasses.replace(one, size=2) == value("a", 2)
    assert dataclasses.asdict(other) == {"name": "a", "size": 1, "seen": [], "hidden": "x"}


@BOTH
def test_a_value_that_may_change_has_no_hash_and_one_without_comparison_is_itself(decorator: Decorator) -> None:
    open_value, lone = made(decorator, slots=True), made(decorator, frozen=True, eq=False)

    assert open_value("a") == open_value("a")
    with pytest.raises(TypeError, match="unhashable"):
        hash(open_value("a"))
    assert lone("a") != lone("a")
    assert isinstance(hash(lone("a")), int)


@BOTH
def test_what_a_class_says_itself_stays(decorator: Decorator) -> None:
    @decorator(frozen=True, slots=True)
    class Own:
        name: str

        def __repr__(self) -> str:
            return "mine"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    own = cast("Decorator", Own)
    assert (repr(own("a")), hash(own("a"))) == ("mine", 7)
    assert own("a") == own("b")


@BOTH
def test_values_with_an_order_and_those_that_stand_on_others_are_as_ever(decorator: Decorator) -> None:
    @decorator(frozen=True, slots=True, order=True)
    class Ranked:
        rank: int

    @decorator(frozen=True)
    class Base:
        name: str

    @decorator(frozen=True)
    class Upon(Base):
        size: int = 0

    @dataclasses.dataclass(frozen=True)
    class Elsewhere(Base):
        """One of a dossier's own kinds, by the standard decorator."""

    ranked, base, upon, elsewhere = cast("tuple[Decorator, ...]", (Ranked, Base, Upon, Elsewhere))
    assert sorted([ranked(2), ranked(1)]) == [ranked(1), ranked(2)]
    assert upon("a", 1) == upon("a", 1) != upon("a", 2)
    assert {upon("a"), upon("a")} == {upon("a")}
    assert elsewhere("a") != base("a")
    assert repr(upon("a")).endswith("Upon(name='a', size=0)")


@BOTH
def test_a_class_without_fields_is_equal_to_itself(decorator: Decorator) -> None:
    @decorator(frozen=True)
    class Nothing:
        pass

    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert repr(Nothing()).endswith("Nothing()")


def test_a_value_goes_from_process_to_process() -> None:
    assert pickle.loads(pickle.dumps(Spot(1))) == Spot(1)  # noqa: S301 - our own bytes
    assert repr(Spot(1)) == "Spot(x=1, y=0)"


def test_a_value_that_holds_itself_is_shown() -> None:
    value = made(dataclass)("a")
    value.seen.append(value)

    assert repr(value).count("...") == 1


@pytest.mark.skipif(
    not hasattr(dataclasses, "_create_fn"), reason="this Python compiles the methods of a class at once"
)
def test_only_the_beginning_of_an_object_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    create = dataclasses._create_fn  # type: ignore[attr-defined] # typeshed leaves it out

    def noted(name: str, *arguments: object, **named: object) -> object:
        compiled.append(name)
        return create(name, *arguments, **named)

    monkeypatch.setattr(dataclasses, "_create_fn", noted)
    made(dataclass, frozen=True, slots=True)

    assert compiled == ["__init__"]
