"""The checks every decision table must pass before anything is decided with it.

Steps: put the tables in the order their requirements ask for; type each table's cells against the declared facts and the outputs
of the decisions it requires; collect every refusal, each with file, table, rule and cell, and raise them together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aljabr.errors import ExpressionRefused, ProgrammeBroken
from aljabr.feel import tree
from aljabr.feel.checking import typed_expression, typed_test
from aljabr.feel.evaluation import evaluate
from aljabr.feel.forms import OutputForm, RuleForm, TableForm
from aljabr.feel.tables import DEFAULT_RULE, PRIORITISED, Chain, TypedRule, TypedTable
from aljabr.feel.tree import Expression
from aljabr.feel.types import NULL, STRING, WHOLE, Environment, Type, Value, common_type, named_type


def check_chain(tables: Sequence[TableForm], environment: Environment) -> Chain:
    """Type and order a programme's tables.

    Parameters
    ----------
    tables : sequence of TableForm
        In any order.
    environment : mapping of str to Type
        Facts and amounts.

    Raises
    ------
    ProgrammeBroken
        When two decisions share a name, one requires an unknown decision, or they require each other in a circle.
    ExpressionRefused
        Naming every cell that is refused (the first ten in the message, all in ``details["problems"]``).
    """
    ordered = _ordered(tables)
    typed: dict[str, TypedTable] = {}
    problems: list[str] = []
    for form in ordered:
        known = dict(environment)
        for required in form.requires:
            known |= typed[required].variables if required in typed else {}
        if all(required in typed for required in form.requires):
            builder = _TableChecker(form, known)
            typed |= {form.name: table} if (table := builder.table()) else {}
            problems += builder.problems
    if problems:
        more = f"\n… and {len(problems) - 10} more." if len(problems) > 10 else ""
        raise ExpressionRefused("\n".join(problems[:10]) + more, problems=problems)
    return Chain(inputs=dict(environment), tables=tuple(typed[form.name] for form in ordered))


def _ordered(tables: Sequence[TableForm]) -> list[TableForm]:
    named: dict[str, TableForm] = {}
    for form in tables:
        if form.name in named:
            raise ProgrammeBroken(
                f"{form.file}: the decision {form.name} is also in {named[form.name].file}.", "Rename one of them."
            )
        named[form.name] = form
    done: dict[str, TableForm] = {}
    waiting = list(tables)
    while waiting:
        ready = [form for form in waiting if all(name in done for name in form.requires)]
        if not ready:
            _refuse_requirements(waiting, named)
        done |= {ready[0].name: ready[0]}
        waiting = [form for form in waiting if form.name not in done]
    return list(done.values())


def _refuse_requirements(waiting: list[TableForm], named: Mapping[str, TableForm]) -> None:
    for form in waiting:
        for name in form.requires:
            if name not in named:
                raise ProgrammeBroken(
                    f"{form.file}: {form.name} requires the decision {name}, which no file has.", "Mend the requirement."
                )
    circle = ", ".join(form.name for form in waiting)
    raise ProgrammeBroken(
        f"{waiting[0].file}: these decisions require each other in a circle: {circle}.", "Take one requirement out."
    )


class _TableChecker:
    """Types one table and remembers every refusal."""

    def __init__(self, form: TableForm, environment: Environment) -> None:
        self.form = form
        self.environment = environment
        self.problems: list[str] = []

    def table(self) -> TypedTable | None:
        form = self.form
        self._check_shape()
        if self.problems:
            return None
        subjects = [self._subject(number) for number in range(len(form.inputs))]
        allowed = [self._allowed(output) for output in form.outputs]
        rules = tuple(self._rule(rule, subjects, allowed) for rule in form.rules)
        defaults = self._defaults()
        if self.problems:
            return None
        names = [form.name] if len(form.outputs) == 1 else [f"{form.name}.{output.name}" for output in form.outputs]
        types = [self._output_type(number, rules, defaults) for number in range(len(form.outputs))]
        return None if self.problems else TypedTable(
            file=form.file, id=form.id, name=form.name, hit_policy=form.hit_policy, aggregation=form.aggregation,
            requires=tuple(form.requires), outputs=dict(zip(names, types, strict=True)), defaults=defaults, rules=rules,
        )  # fmt: skip

    def _problem(self, where: str, what: str) -> None:
        self.problems.append(f"{self.form.file}: table {self.form.name}{where}: {what}")

    def _check_shape(self) -> None:
        form = self.form
        if not form.rules:
            self._problem("", "there is no rule. Write at least one.")
        names = [output.name for output in form.outputs]
        if len(form.outputs) > 1 and (len(set(names)) < len(names) or "" in names):
            self._problem("", "each of several outputs needs a name of its own.")
        if form.aggregation and (form.hit_policy != "COLLECT" or len(form.outputs) != 1):
            self._problem("", f"{form.aggregation} needs hit policy COLLECT and one output.")
        if form.hit_policy in PRIORITISED and not any(output.values for output in form.outputs):
            self._problem("", f"hit policy {form.hit_policy} needs the output values in their order of priority.")
        self._check_rules()

    def _check_rules(self) -> None:
        form, seen = self.form, {DEFAULT_RULE: ""}
        cells: dict[tuple[str, ...], str] = {}
        for rule in form.rules:
            if rule.id in seen or not rule.id:
                self._problem(f", rule {rule.id}", "the id is empty, used twice or reserved. Give the rule an id of its own.")
            if (len(rule.inputs), len(rule.outputs)) != (len(form.inputs), len(form.outputs)):
                self._problem(
                    f", rule {rule.id}",
                    f"it has {len(rule.inputs)} inputs and {len(rule.outputs)} outputs, not as many as columns.",
                )
            twin = cells.setdefault((*(cell.strip() for cell in rule.inputs),), rule.id)
            if twin != rule.id and form.hit_policy in ("UNIQUE", "FIRST"):
                self._problem(f", rule {rule.id}", f"it tests the same as rule {twin}. Take one of them out.")
            seen[rule.id] = ""

    def _subject(self, number: int) -> Expression:
        clause = self.form.inputs[number]
        where = f", input {number + 1} ({clause.expression})"
        try:
            subject = typed_expression(clause.expression, self.environment)
        except ExpressionRefused as refusal:
            self._problem(where, str(refusal))
            return tree.Literal(value=None, type=NULL)
        declared = named_type(clause.type)
        if declared and declared.kind != subject.type.kind:
            self._problem(where, f"it is declared a {declared} and is a {subject.type}. Mend the type of the column.")
        return subject

    def _allowed(self, clause: OutputForm) -> tuple[Value, ...]:
        found: list[Value] = []
        for text in clause.values:
            literal = self._typed(text, f", output {clause.name}, allowed value {text}")
            if isinstance(literal, tree.Literal):
                found.append(literal.value)
            else:
                self._problem(
                    f", output {clause.name}", f"the allowed value {text} is no plain value. Write text between double quotes."
                )
        return tuple(found)

    def _rule(self, rule: RuleForm, subjects: list[Expression], allowed: list[tuple[Value, ...]]) -> TypedRule:
        tests = [self._test(rule, number, subject) for number, subject in enumerate(subjects)]
        outputs: list[Expression] = []
        for number, text in enumerate(rule.outputs):
            clause = self.form.outputs[number]
            where = f", rule {rule.id}, output {clause.name or number + 1}"
            typed = self._typed(text, where) or tree.Literal(value=None, type=NULL)
            self._check_allowed(typed, allowed[number], where)
            outputs.append(typed)
        return TypedRule(
            id=rule.id,
            tests=tuple(test for test in tests if test is not None),
            outputs=tuple(outputs),
            annotations=dict(rule.annotations),
            rank=self._rank(outputs, allowed),
        )

    def _test(self, rule: RuleForm, number: int, subject: Expression) -> Expression | None:
        where = f", rule {rule.id}, input {self.form.inputs[number].expression}, cell {rule.inputs[number]!r}"
        try:
            test = typed_test(rule.inputs[number], subject, self.environment)
        except ExpressionRefused as refusal:
            self._problem(where, str(refusal))
            return None
        if test is not None and evaluate(test, {}) is True and evaluate(test, {}, unknown=True) is None:
            name = self.form.inputs[number].expression
            self._problem(
                where, f"a missing {name} would pass this test. Write not(…, null), or ? = null or … when it is meant to."
            )
        return test

    def _typed(self, text: str, where: str) -> Expression | None:
        try:
            return typed_expression(text, self.environment)
        except ExpressionRefused as refusal:
            self._problem(where, str(refusal))
            return None

    def _check_allowed(self, typed: Expression, allowed: tuple[Value, ...], where: str) -> None:
        literal = isinstance(typed, tree.Literal)
        if isinstance(typed, tree.Literal) and allowed and typed.value is not None and typed.value not in allowed:
            self._problem(where, f"{typed.value} is not among the allowed values {', '.join(str(value) for value in allowed)}.")
        if allowed and not literal and self.form.hit_policy in PRIORITISED:
            self._problem(where, f"hit policy {self.form.hit_policy} needs plain values in a column with allowed values.")

    def _rank(self, outputs: list[Expression], allowed: list[tuple[Value, ...]]) -> tuple[int, ...]:
        if self.form.hit_policy not in PRIORITISED:
            return ()
        columns = [(cell, values) for cell, values in zip(outputs, allowed, strict=True) if values]
        return tuple(
            values.index(cell.value) if isinstance(cell, tree.Literal) and cell.value in values else len(values)
            for cell, values in columns
        )

    def _defaults(self) -> tuple[Expression, ...]:
        outputs = self.form.outputs
        if not any(output.default for output in outputs):
            return ()
        null = tree.Literal(value=None, type=NULL)
        return tuple(
            (self._typed(output.default, f", default of {output.name}") or null) if output.default else null for output in outputs
        )

    def _output_type(self, number: int, rules: tuple[TypedRule, ...], defaults: tuple[Expression, ...]) -> Type:
        clause = self.form.outputs[number]
        cells = [(f", rule {rule.id}", rule.outputs[number]) for rule in rules]
        cells += [(", default", defaults[number])] if defaults else []
        declared = named_type(clause.type)
        found = Type(kind=declared.kind) if declared else NULL
        for where, cell in cells:
            shared = common_type(found, cell.type)
            if shared is None:
                self._problem(
                    f"{where}, output {clause.name}", f"it is a {cell.type} where a {found} is expected. Mend the cell or the type."
                )
            found = shared or found
        written = [cell.value for _, cell in cells if isinstance(cell, tree.Literal)]
        if found.kind == "string" and len(written) == len(cells):
            codes = tuple(dict.fromkeys(value for value in written if isinstance(value, str)))
            found = Type(kind="string", values=codes)
        return self._aggregated(found)

    def _aggregated(self, found: Type) -> Type:
        aggregation = self.form.aggregation
        if aggregation == "COUNT":
            return WHOLE
        if (aggregation == "SUM" and found.kind != "number") or (aggregation in ("MIN", "MAX") and found.kind == "boolean"):
            self._problem("", f"{aggregation} cannot be taken of a {found}.")
        return STRING if found.kind == "null" else found
