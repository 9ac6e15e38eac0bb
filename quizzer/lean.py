"""`dataclass` as in the standard library, made in a tenth of the time.

A session starts with some eighty of these classes, most of which it never makes an instance of. The standard decorator
writes and compiles up to six methods for each at once. This one shares what can be shared and compiles `__init__` when
the first instance is made. `dataclasses.replace`, `fields`, `asdict` and `field`, matching by position, pickling and
`__post_init__` work as usual. Of the options there are `frozen` and `slots`, and a field's default, `default_factory`,
`compare` and `repr`; type checkers see the standard decorator. `replace` does for these
classes what the standard one does, in a third of the time: an answer makes a dozen such copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:
    import dataclasses
    from operator import attrgetter
    from types import MemberDescriptorType, SimpleNamespace

    def dataclass(*, frozen=False, slots=False):
        """The decorator."""
        return lambda cls: _made(cls, frozen, slots)

    def replace(thing, /, **changes):
        """A copy with other values in some fields."""
        cls = thing.__class__
        values_of, places = cls._lean_copying
        values = list(values_of(thing))
        for name, value in changes.items():
            if name not in places:
                raise TypeError(f"{cls.__qualname__} has no field {name!r}")
            values[places[name]] = value
        return cls(*values)

    def _made(cls, frozen, slots):
        found = {}
        for base in reversed(cls.__mro__[1:]):
            found |= base.__dict__.get(dataclasses._FIELDS, {})
        own = _own_fields(cls)
        found |= own
        names = tuple(found)
        key = _key(tuple(name for name, item in found.items() if item.compare))
        methods = {
            "__match_args__": names,
            dataclasses._FIELDS: found,
            dataclasses._PARAMS: _PARAMS[frozen],
            "__init__": _first_init,
            "_lean_copying": (_key(names), {name: place for place, name in enumerate(names)}),
        }
        if frozen:
            methods |= {"__setattr__": _refused, "__delattr__": _refused}
        if "__repr__" not in cls.__dict__:
            methods["__repr__"] = _repr
        if "__eq__" not in cls.__dict__:
            methods["__eq__"] = _equality(key)
            if "__hash__" not in cls.__dict__ or cls.__dict__["__hash__"] is None:
                methods["__hash__"] = _hashing(key) if frozen else None
        if slots:
            return _with_slots(cls, own, methods | {"__getstate__": _state, "__setstate__": _restored})
        for name, item in own.items():
            if item.default is not dataclasses.MISSING:
                setattr(cls, name, item.default)
            elif name in cls.__dict__:
                delattr(cls, name)
        for name, value in methods.items():
            setattr(cls, name, value)
        return cls

    def _own_fields(cls):
        out = {}
        for name, kind in getattr(cls, "__annotations__", {}).items() if "__annotations__" in vars(cls) else ():
            if str(kind).startswith(("ClassVar", "typing.ClassVar")):
                continue
            default = cls.__dict__.get(name, dataclasses.MISSING)
            item = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
            item.name, item.type, item._field_type, item.kw_only = name, kind, dataclasses._FIELD, False
            out[name] = item
        return out

    def _key(names):
        """A function that gives the values of an object's fields as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        return (lambda self: (getattr(self, names[0]),)) if names else (lambda self: ())

    def _with_slots(cls, own, methods):
        """The class once more, with slots in the place of a dictionary."""
        inherited = {name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())}
        left_out = {"__dict__", "__weakref__", *own}
        space = {name: value for name, value in cls.__dict__.items() if name not in left_out} | methods
        space["__slots__"] = tuple(name for name in own if name not in inherited)
        made = type(cls)(cls.__name__, cls.__bases__, space)
        made.__qualname__ = cls.__qualname__
        _let_methods_see(made, cls)
        return made

    _PARAMS = {
        frozen: SimpleNamespace(init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=frozen)
        for frozen in (False, True)
    }

    def _let_methods_see(made, old):
        """A method that says `super()` or `__class__` means the class with slots, not the one it was written in."""
        for value in old.__dict__.values():
            inner = getattr(value, "__func__", None) or getattr(value, "fget", None) or value
            for cell in getattr(inner, "__closure__", None) or ():
                try:
                    if cell.cell_contents is old:
                        cell.cell_contents = made
                except ValueError:  # still empty
                    continue

    def _first_init(self, *args, **kwargs):
        """Compile the class's own `__init__`, put it in place, and call it."""
        cls = type(self)
        owner = next(base for base in cls.__mro__ if base.__dict__.get("__init__") is _first_init)
        owner.__init__ = _init(owner)
        owner.__init__(self, *args, **kwargs)

    def _init(cls):
        space = {"_set": object.__setattr__, "_missing": _Missing}
        head, body = ["self"], []
        frozen = getattr(cls, dataclasses._PARAMS).frozen
        for item in getattr(cls, dataclasses._FIELDS).values():
            name, put = item.name, " self.{0} = {1}"
            if frozen:
                slot = getattr(cls, name, None)
                put = " _set(self, {0!r}, {1})"
                if isinstance(slot, MemberDescriptorType):  # two thirds of the time
                    space[f"_put_{name}"], put = slot.__set__, " _put_{0}(self, {1})"
            if item.default_factory is not dataclasses.MISSING:
                space[f"_make_{name}"] = item.default_factory
                head.append(f"{name}=_missing")
                body.append(put.format(name, f"_make_{name}() if {name} is _missing else {name}"))
                continue
            if item.default is not dataclasses.MISSING:
                space[f"_usual_{name}"] = item.default
                head.append(f"{name}=_usual_{name}")
            else:
                head.append(name)
            body.append(put.format(name, name))
        if hasattr(cls, "__post_init__"):
            body.append(" self.__post_init__()")
        text = f"def __init__({', '.join(head)}):\n" + "\n".join(body or [" pass"])
        exec(text, space)  # noqa: S102 - made of the names of our own fields
        made = space["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        return made

    class _Missing:
        """No argument was given."""

    def _equality(key):
        def equal(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return key(self) == key(other)

        return equal

    def _hashing(key):
        def hashed(self):
            return hash(key(self))

        return hashed

    def _refused(self, name, *_):
        raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")

    def _repr(self):
        shown = (item.name for item in getattr(self, dataclasses._FIELDS).values() if item.repr)
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({inside})"

    def _state(self):
        return [getattr(self, name) for name in getattr(self, dataclasses._FIELDS)]

    def _restored(self, state):
        for name, value in zip(getattr(self, dataclasses._FIELDS), state, strict=True):
            object.__setattr__(self, name, value)
