package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Entity;
import dev.parley.entities.Refused;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Reads and writes entities in JSON by their addresses; all other values as {@link Json} does. */
final class Addresses {
  static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .disable(DeserializationFeature.WRAP_EXCEPTIONS)
          .addModule(module())
          .build();

  private static final Object RESOLVER = new Object();

  private Addresses() {}

  /** A reader that asks somebody what an address leads to. */
  static ObjectReader reading(ObjectReader reader, Function<Address, Entity> resolver) {
    return reader.withAttribute(RESOLVER, resolver);
  }

  private static SimpleModule module() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Entity.class, new ByAddress());
    module.setDeserializers(new OfEntities());
    return module;
  }

  private static final class ByAddress extends StdSerializer<Entity> {
    ByAddress() {
      super(Entity.class);
    }

    @Override
    public void serialize(Entity value, JsonGenerator out, SerializationContext context) {
      out.writeString(value.id().toString());
    }
  }

  /** Finds a reader for every type of entity. */
  private static final class OfEntities extends SimpleDeserializers {
    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
      return type.isTypeOrSubTypeOf(Entity.class)
          ? new Resolving(type.getRawClass())
          : super.findBeanDeserializer(type, config, description);
    }
  }

  private static final class Resolving extends StdDeserializer<Object> {
    private final Class<?> type;

    Resolving(Class<?> type) {
      super(type);
      this.type = type;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object deserialize(JsonParser in, DeserializationContext context) {
      Function<Address, Entity> resolver =
          (Function<Address, Entity>) context.getAttribute(RESOLVER);
      String field = path(in.streamReadContext());
      Entity found = resolve(in.getString(), resolver, field);
      Shape.require(
          type.isInstance(found),
          field,
          "must be a " + type.getSimpleName() + ", not a " + found.getClass().getSimpleName());
      return found;
    }

    private static Entity resolve(
        String address, Function<Address, Entity> resolver, String field) {
      try {
        return resolver.apply(Address.parse(address));
      } catch (Refused refused) {
        throw new InvalidInput(field, "leads nowhere: " + refused.getMessage());
      }
    }

    private static String path(@Nullable TokenStreamContext at) {
      if (at == null || at.inRoot()) {
        return "";
      }
      String before = path(at.getParent());
      if (at.inArray()) {
        return before + "[" + at.getCurrentIndex() + "]";
      }
      return before.isEmpty() ? at.currentName() : before + "." + at.currentName();
    }
  }
}
