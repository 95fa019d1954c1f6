package dev.parley.socket;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Outcome;
import dev.parley.functions.Registered;
import dev.parley.wire.JsonRpc;
import java.util.Optional;
import java.util.function.Consumer;

/** A call is a call of the function of its name. */
record Functions(Dispatcher dispatcher) implements Answering {
  @Override
  public boolean changesSomething(String method) {
    Optional<Registered<Call>> function = dispatcher.registry().find(method);
    return function.isPresent() && !function.get().function().readOnly();
  }

  @Override
  public void answer(Call call, JsonRpc.Entry.Call asked, Consumer<Outcome> then) {
    then.accept(dispatcher.dispatch(call, asked.method(), asked.params()));
  }
}
