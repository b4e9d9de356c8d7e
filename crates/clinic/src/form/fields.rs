//! The fields of a form: each with its label, a hint, what was typed and what is wrong with it.

use maud::{Markup, html};
use resurface_words::Words;

use super::faults::id_of;
use super::{Faults, Typed};

/// A form that is shown: what was typed so far and what is wrong with it.
pub(crate) struct Form<'a> {
    pub(crate) words: &'a Words,
    pub(crate) typed: &'a Typed,
    pub(crate) faults: &'a Faults,
}

/// One of several answers: its word in the form and its label.
pub(crate) type Choice<'a> = (&'a str, String);

/// Range and step of a number field.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) step: f64,
}

impl Form<'_> {
    /// A line of text.
    pub(crate) fn text(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        self.input("text", name, label, hint, None)
    }

    /// A day.
    pub(crate) fn date(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        self.input("date", name, label, hint, None)
    }

    /// A number; its name ends with `:n`.
    pub(crate) fn number(&self, name: &str, label: &str, hint: Option<&str>, number: Number) -> Markup {
        self.input("number", name, label, hint, Some(number))
    }

    /// A secret; what was typed is not shown again.
    pub(crate) fn secret(&self, name: &str, label: &str, autocomplete: &str) -> Markup {
        let id = id_of(name);
        html! {
            div.field {
                label for=(id) { (label) }
                (self.fault(name, &html! { (label) }))
                input type="password" id=(id) name=(name) autocomplete=(autocomplete) aria-describedby=[self.described(name, None)];
            }
        }
    }

    fn input(&self, kind: &str, name: &str, label: &str, hint: Option<&str>, number: Option<Number>) -> Markup {
        let id = id_of(name);
        let invalid = self.faults.of(name).map(|_| "true");
        html! {
            div.field.wrong[invalid.is_some()] {
                label for=(id) { (label) }
                (hint_of(&id, hint))
                (self.fault(name, &html! { (label) }))
                input type=(kind) id=(id) name=(name) value=(self.typed.value(name)) aria-invalid=[invalid]
                    aria-describedby=[self.described(name, hint)] min=[number.map(|number| number.min)]
                    max=[number.map(|number| number.max)] step=[number.map(|number| number.step)]
                    inputmode=[number.map(|number| if number.step < 1.0 { "decimal" } else { "numeric" })];
            }
        }
    }

    /// Several lines of text.
    pub(crate) fn area(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        let id = id_of(name);
        let invalid = self.faults.of(name).map(|_| "true");
        html! {
            div.field.wrong[invalid.is_some()] {
                label for=(id) { (label) }
                (hint_of(&id, hint))
                (self.fault(name, &html! { (label) }))
                textarea id=(id) name=(name) rows="3" aria-invalid=[invalid] aria-describedby=[self.described(name, hint)] {
                    (self.typed.value(name))
                }
            }
        }
    }

    /// One of many, from a list that opens.
    pub(crate) fn select(&self, name: &str, label: &str, hint: Option<&str>, choices: &[Choice<'_>]) -> Markup {
        let id = id_of(name);
        let chosen = self.typed.value(name);
        html! {
            div.field.wrong[self.faults.of(name).is_some()] {
                label for=(id) { (label) }
                (hint_of(&id, hint))
                (self.fault(name, &html! { (label) }))
                select id=(id) name=(name) aria-describedby=[self.described(name, hint)] {
                    @for (word, label) in choices { option value=(word) selected[*word == chosen] { (label) } }
                }
            }
        }
    }

    /// One of a few, all of them shown.
    pub(crate) fn radios(&self, name: &str, label: &str, hint: Option<&str>, choices: &[Choice<'_>]) -> Markup {
        self.one_of(name, &html! { (label) }, hint, choices)
    }

    /// One of a few, under a label that is more than words of one language.
    pub(crate) fn radios_of(&self, name: &str, label: &Markup, choices: &[Choice<'_>]) -> Markup {
        self.one_of(name, label, None, choices)
    }

    fn one_of(&self, name: &str, label: &Markup, hint: Option<&str>, choices: &[Choice<'_>]) -> Markup {
        let id = id_of(name);
        let chosen = self.typed.value(name);
        html! {
            fieldset.field.radios.wrong[self.faults.of(name).is_some()] id=(id) aria-describedby=[self.described(name, hint)] {
                legend { (label) }
                (hint_of(&id, hint))
                (self.fault(name, label))
                div.choices {
                    @for (word, label) in choices {
                        label.choice { input type="radio" name=(name) value=(word) checked[*word == chosen]; span { (label) } }
                    }
                }
            }
        }
    }

    /// Yes, no, or not known: not known is an answer, and the one that stands there at first.
    pub(crate) fn answer(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        let words = self.words;
        let choices = [("yes", words.text("yes")), ("no", words.text("no")), ("unknown", words.text("unknown"))];
        self.radios(name, label, hint, &choices)
    }

    /// As [`Form::answer`], where nobody has answered yet: not known is what stands there.
    pub(crate) fn answer_or_unknown(&self, name: &str, label: &str) -> Markup {
        let typed = self.typed.clone().or(name, "unknown");
        Form { typed: &typed, ..*self }.answer(name, label, None)
    }

    /// A number in a cell of a table, whose head and row say what it is.
    pub(crate) fn cell(&self, name: &str, label: &str, number: Number) -> Markup {
        let id = id_of(name);
        let invalid = self.faults.of(name).map(|_| "true");
        html! {
            label.visually-hidden for=(id) { (label) }
            (self.fault(name, &html! { (label) }))
            input type="number" id=(id) name=(name) value=(self.typed.value(name)) aria-invalid=[invalid]
                aria-describedby=[self.described(name, None)] min=(number.min) max=(number.max) step=(number.step) inputmode="numeric";
        }
    }

    /// One of many in a cell of a table.
    pub(crate) fn select_cell(&self, name: &str, label: &str, choices: &[Choice<'_>]) -> Markup {
        let id = id_of(name);
        let chosen = self.typed.value(name);
        html! {
            label.visually-hidden for=(id) { (label) }
            (self.fault(name, &html! { (label) }))
            select id=(id) name=(name) aria-describedby=[self.described(name, None)] {
                @for (word, label) in choices { option value=(word) selected[*word == chosen] { (label) } }
            }
        }
    }

    /// Several of a few; its name ends with `[]`.
    pub(crate) fn checks(&self, name: &str, label: &str, hint: Option<&str>, choices: &[Choice<'_>]) -> Markup {
        let id = id_of(name);
        let chosen: Vec<&str> = self.typed.all(name).collect();
        html! {
            fieldset.field.checks.wrong[self.faults.of(name).is_some()] id=(id) aria-describedby=[self.described(name, hint)] {
                legend { (label) }
                (hint_of(&id, hint))
                (self.fault(name, &html! { (label) }))
                div.choices {
                    @for (word, label) in choices {
                        label.choice {
                            input type="checkbox" name=(name) value=(word) checked[chosen.contains(word)];
                            span { (label) }
                        }
                    }
                }
            }
        }
    }

    /// What is wrong with a field that is shown under a label.
    fn fault(&self, name: &str, label: &Markup) -> Markup {
        self.faults.shown_at(name, label);
        let Some(fault) = self.faults.of(name) else { return html! {} };
        html! {
            p.fault id={ (id_of(name)) "-fault" } lang=[fault.language] {
                (fault.problem)
                @if !fault.allowed.is_empty() { " " (self.words.with("fault-allowed", [("allowed", (&fault.allowed).into())])) }
            }
        }
    }

    fn described(&self, name: &str, hint: Option<&str>) -> Option<String> {
        let id = id_of(name);
        let parts = [hint.map(|_| format!("{id}-hint")), self.faults.of(name).map(|_| format!("{id}-fault"))];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

fn hint_of(id: &str, hint: Option<&str>) -> Markup {
    html! { @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } } }
}
