package dev.narwhal.worker.war;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A JSON object with typed members; a member that is missing is a {@link JsonParseException} with its name. */
record Json(JsonObject object) {

    private JsonElement member(String name) {
        var value = object.get(name);
        if (value == null) {
            throw new JsonParseException("no member '" + name + "'");
        }
        return value;
    }

    private Optional<JsonElement> present(String name) {
        return Optional.of(member(name)).filter(value -> !value.isJsonNull());
    }

    String text(String name) {
        return member(name).getAsString();
    }

    int number(String name) {
        return member(name).getAsInt();
    }

    long bigNumber(String name) {
        return member(name).getAsLong();
    }

    boolean flag(String name) {
        return member(name).getAsBoolean();
    }

    Json in(String name) {
        return new Json(member(name).getAsJsonObject());
    }

    Optional<String> optionalText(String name) {
        return present(name).map(JsonElement::getAsString);
    }

    Optional<Integer> optionalNumber(String name) {
        return present(name).map(JsonElement::getAsInt);
    }

    Optional<Boolean> optionalFlag(String name) {
        return present(name).map(JsonElement::getAsBoolean);
    }

    <T> Optional<T> optional(String name, Function<Json, T> decode) {
        return present(name).map(value -> decode.apply(new Json(value.getAsJsonObject())));
    }

    List<String> texts(String name) {
        return elements(name, JsonElement::getAsString);
    }

    Optional<List<String>> optionalTexts(String name) {
        return present(name).map(_ -> texts(name));
    }

    <T> List<T> list(String name, Function<Json, T> decode) {
        return elements(name, value -> decode.apply(new Json(value.getAsJsonObject())));
    }

    private <T> List<T> elements(String name, Function<JsonElement, T> decode) {
        var list = new ArrayList<T>();
        member(name).getAsJsonArray().forEach(value -> list.add(decode.apply(value)));
        return list;
    }

    Map<String, String> map(String name) {
        var map = new LinkedHashMap<String, String>();
        member(name).getAsJsonObject().asMap().forEach((key, value) -> map.put(key, value.getAsString()));
        return map;
    }
}
