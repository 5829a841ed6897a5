//! Small functions that the source does not spell out: promoted methods, method values, method
//! expressions, and natives as functions.

use super::bytecode::{Instruction, Reg};
use super::call::{CallWords, MethodKind};
use super::emit::{Emitter, after};
use super::function::FunctionCompiler;
use super::place::Place;
use super::program::{Function, FunctionKind};
use super::unit::{Callee, Method, Unit};
use crate::go::types::object::ObjKind;
use crate::go::types::{ObjId, Signature, Type, TypeId};
use crate::trace::Span;
use std::rc::Rc;

/// Where a forwarding function finds the receiver.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReceiverAt {
    /// Behind the parameters.
    Last,
    /// Before them.
    First,
    Captured,
}

/// A method of a dynamic type for interface tables.
pub fn promoted(unit: &mut Unit<'_>, method: &Method) -> Option<Function> {
    forward(unit, method, ReceiverAt::Last, "")
}

/// The function of a method value.
pub fn bound(unit: &mut Unit<'_>, method: &Method) -> Option<Function> {
    forward(unit, method, ReceiverAt::Captured, "-fm")
}

/// The function of a method expression.
pub fn expression(unit: &mut Unit<'_>, method: &Method) -> Option<Function> {
    forward(unit, method, ReceiverAt::First, "")
}

fn method_signature(unit: &Unit<'_>, method: &Method) -> Option<Rc<Signature>> {
    let ty = unit.method_type(method.receiver, method.package, &method.name)?;
    match unit.types.get(ty) {
        Type::Signature(signature) => Some(signature),
        _ => None,
    }
}

fn forward(unit: &mut Unit<'_>, method: &Method, at: ReceiverAt, suffix: &str) -> Option<Function> {
    let signature = method_signature(unit, method)?;
    let name = format!(
        "{}.{}{suffix}",
        unit.table.name(method.receiver),
        method.name
    )
    .into();
    let emitter = Emitter::new(name, FunctionKind::Wrapper, Span::NONE);
    let mut function = FunctionCompiler::new(unit, emitter, method.package);
    let result_words: u32 = signature.results.iter().map(|&ty| function.words(ty)).sum();
    let param_words: u32 = signature.params.iter().map(|&ty| function.words(ty)).sum();
    let receiver_words = function.words(method.receiver);
    function.e.take(result_words);
    function.e.result_words = result_words;
    let (params, receiver);
    if at == ReceiverAt::First {
        receiver = function.e.take(receiver_words);
        params = function.e.take(param_words);
    } else {
        params = function.e.take(param_words);
        receiver = function.e.take(receiver_words);
    }
    function.e.parameter_words = param_words
        + if at == ReceiverAt::Captured {
            0
        } else {
            receiver_words
        };
    function.e.receiver_words = if at == ReceiverAt::Last {
        receiver_words
    } else {
        0
    };
    function.e.capture_words = if at == ReceiverAt::Captured {
        receiver_words
    } else {
        0
    };
    let words = CallWords {
        result_words,
        param_words,
        receiver_words,
    };
    emit_forward(&mut function, method, words, params, receiver)?;
    function.finish()
}

/// Calls the method with the wrapper's own parameters and returns its results.
fn emit_forward(
    function: &mut FunctionCompiler<'_, '_>,
    method: &Method,
    words: CallWords,
    params: Reg,
    receiver: Reg,
) -> Option<()> {
    let found = function.find_method(method.receiver, &method.name, method.package)?;
    let (place, ty) = function.walk_path(Place::Register(receiver), method.receiver, &found.path);
    match found.kind {
        MethodKind::Interface { method } => {
            let interface = function.load(place, 2, None);
            let window = function.e.take(words.result_words + words.param_words);
            function
                .e
                .move_words(after(window, words.result_words), params, words.param_words);
            function.e.emit(Instruction::CallInterface {
                window,
                interface,
                method,
            });
            function.e.move_words(0, window, words.result_words);
        }
        MethodKind::Declared {
            object,
            args,
            on,
            pointer,
        } => {
            let on_words = if pointer { 1 } else { function.words(on) };
            let window = function
                .e
                .take(words.result_words + words.param_words + on_words);
            let first = after(window, words.result_words);
            let last = after(first, words.param_words);
            function.load_receiver(place, ty, on, pointer, Some(last));
            function.e.move_words(first, params, words.param_words);
            let words = CallWords {
                receiver_words: on_words,
                ..words
            };
            if matches!(
                function.unit.info.object(object).kind,
                ObjKind::Func { native: true, .. }
            ) {
                function.emit_native(object, &args, window, words, None);
            } else {
                let callee = function.unit.function(Callee::Declared(object, args));
                function.e.emit(Instruction::Call {
                    window,
                    function: callee,
                });
            }
            function.e.move_words(0, window, words.result_words);
        }
    }
    function.e.emit(Instruction::Return);
    Some(())
}

/// A native function as a function of its own, for `go`, `defer`, function values and interfaces.
pub fn native(unit: &mut Unit<'_>, object: ObjId, args: &Rc<[TypeId]>) -> Option<Function> {
    let declared = unit.info.object(object);
    let params = unit.type_params_of(object);
    let name = unit.function_name(declared, !params.is_empty());
    let ty = unit.types.substitute(declared.typ, &params, args);
    let Type::Signature(signature) = unit.types.get(ty) else {
        return None;
    };
    let receiver = match declared.kind {
        ObjKind::Func { receiver, .. } => {
            receiver.map(|ty| unit.types.substitute(ty, &params, args))
        }
        _ => None,
    };
    let emitter = Emitter::new(name, FunctionKind::Standard, declared.span);
    let mut function = FunctionCompiler::new(unit, emitter, declared.package);
    let words = CallWords {
        result_words: signature.results.iter().map(|&ty| function.words(ty)).sum(),
        param_words: signature.params.iter().map(|&ty| function.words(ty)).sum(),
        receiver_words: receiver.map_or(0, |ty| function.words(ty)),
    };
    function
        .e
        .take(words.result_words + words.param_words + words.receiver_words);
    function.e.result_words = words.result_words;
    function.e.parameter_words = words.param_words + words.receiver_words;
    function.e.receiver_words = words.receiver_words;
    function.emit_native(object, args, 0, words, None);
    function.e.emit(Instruction::Return);
    function.finish()
}
