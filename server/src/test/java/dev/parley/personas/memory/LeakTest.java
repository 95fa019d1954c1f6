package dev.parley.personas.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.wire.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

@OnBothDatabases
class LeakTest {
  private static final int PEOPLE = 100;
  private static final String EVERYTHING =
      "What is my name, where do I live, what do I like, what is the secret code?";

  @Parameter private Database database;
  private Mind mind;

  @BeforeParameterizedClassInvocation
  void start() {
    mind = new Mind(database);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    mind.close();
  }

  private record Confidant(Actor person, String direct, int number) {}

  @Test
  void of_a_hundred_people_who_talk_to_one_persona_at_once_nobody_hears_a_word_of_another()
      throws Exception {
    List<Confidant> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Actor person = mind.person("confidant" + i);
      people.add(new Confidant(person, mind.direct(person), i));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> heard = new ArrayList<>();
      for (Confidant one : people) {
        heard.add(threads.submit(() -> confide(one)));
      }
      for (int i = 0; i < PEOPLE; i++) {
        assertThat(heard.get(i).get())
            .containsExactlyInAnyOrder(
                "name is Zed" + letters(i),
                "lives in Town" + letters(i),
                "likes food" + letters(i),
                "asked to remember: the secret code is code" + letters(i));
      }
    }
    String inPublic = mind.room("public", people.get(0).person(), people.get(1).person());
    String together = mind.room("private", people.get(0).person(), people.get(1).person());
    for (Confidant one : people) {
      assertThat(mind.texts(one.person(), inPublic, EVERYTHING)).isEmpty();
      assertThat(mind.texts(one.person(), together, EVERYTHING)).isEmpty();
    }
  }

  private List<String> confide(Confidant one) {
    String own = letters(one.number());
    mind.says(
        one.person(),
        one.direct(),
        "My name is Zed%s. I live in Town%s. I like food%s.".formatted(own, own, own));
    mind.says(one.person(), one.direct(), "Remember that the secret code is code" + own);
    return mind.texts(one.person(), one.direct(), EVERYTHING);
  }

  private static String letters(int number) {
    return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
  }

  @Test
  void what_was_said_in_a_private_room_is_said_only_before_its_members() {
    Actor ada = mind.person("ada" + System.nanoTime());
    Actor bob = mind.person("bob" + System.nanoTime());
    Actor eve = mind.person("eve" + System.nanoTime());
    String room = mind.room("private", ada, bob);
    mind.says(ada, room, "Remember that the party starts at nine");
    String question = "When does the party start?";

    assertThat(mind.texts(bob, mind.direct(bob), question)).hasSize(1);
    assertThat(mind.texts(ada, mind.room("private", ada, bob), question)).hasSize(1);
    assertThat(mind.texts(ada, mind.room("private", ada, bob, eve), question)).isEmpty();
    assertThat(mind.texts(ada, mind.room("public", ada, bob), question)).isEmpty();
    assertThat(mind.texts(eve, mind.direct(eve), question)).isEmpty();

    mind.write("DELETE FROM members WHERE conversation = ? AND actor = ?", room, bob.id());
    assertThat(mind.texts(bob, mind.direct(bob), question)).isEmpty();
  }

  @Test
  void what_was_said_in_public_may_be_said_to_all_but_the_banned_until_the_room_becomes_private() {
    Actor ada = mind.person("ada" + System.nanoTime());
    Actor eve = mind.person("eve" + System.nanoTime());
    String room = mind.room("public", ada);
    mind.says(ada, room, "Remember that the comet returns in July");
    String question = "When does the comet return?";
    String alone = mind.direct(eve);
    assertThat(mind.texts(eve, alone, question)).hasSize(1);
    assertThat(mind.texts(eve, mind.room("public", eve), question)).hasSize(1);

    mind.write(
        "INSERT INTO bans (conversation, actor, created_by, created_at) VALUES (?, ?, ?, 0)",
        room,
        eve.id(),
        ada.id());
    assertThat(mind.texts(eve, alone, question)).isEmpty();
    mind.write("DELETE FROM bans WHERE conversation = ?", room);
    mind.write("UPDATE conversations SET visibility = 'private' WHERE id = ?", room);
    assertThat(mind.texts(eve, alone, question)).isEmpty();
    assertThat(mind.texts(ada, mind.direct(ada), question)).hasSize(1);
  }

  @Test
  void what_one_who_listens_is_banned_from_is_not_said_before_them() {
    Actor ada = mind.person("ada" + System.nanoTime());
    Actor eve = mind.person("eve" + System.nanoTime());
    String market = mind.room("public", ada);
    mind.says(ada, market, "Remember that the lantern is lit on Fridays");
    String question = "When is the lantern lit?";
    String both = mind.room("private", ada, eve);
    assertThat(mind.texts(ada, both, question)).hasSize(1);
    mind.write(
        "INSERT INTO bans (conversation, actor, created_by, created_at) VALUES (?, ?, ?, 0)",
        market,
        eve.id(),
        ada.id());
    assertThat(mind.texts(ada, both, question)).isEmpty();
    assertThat(mind.texts(ada, mind.direct(ada), question)).hasSize(1);
  }

  @Test
  void what_a_persona_did_not_witness_it_does_not_know_until_it_is_given() {
    Actor ada = mind.person("ada" + System.nanoTime());
    String elsewhere = mind.roomWithoutPersona(ada);
    mind.says(ada, elsewhere, "Remember that the ladder is behind the barn");
    String question = "Where is the ladder?";
    assertThat(mind.texts(ada, elsewhere, question)).isEmpty();
    assertThat(mind.texts(ada, mind.direct(ada), question)).isEmpty();
    mind.given("the ladder is behind the barn");
    assertThat(mind.texts(ada, mind.direct(ada), question)).hasSize(1);
  }

  @Test
  void nobody_is_taken_for_another_where_both_are_heard() {
    Actor ada = mind.person("ada" + System.nanoTime());
    Actor bob = mind.person("bob" + System.nanoTime());
    String room = mind.room("public", ada, bob);
    mind.says(ada, room, "My name is Adelheid");
    assertThat(mind.texts(bob, room, "What is my name?")).isEmpty();
    mind.says(bob, room, "My name is Robert");
    assertThat(mind.texts(bob, room, "What is my name?")).containsExactly("name is Robert");
    assertThat(mind.texts(ada, room, "What is my name?")).containsExactly("name is Adelheid");
    assertThat(mind.texts(bob, room, "What is the name of " + ada.name() + "?"))
        .startsWith("name is Adelheid");
  }

  @Test
  void each_persona_has_a_memory_of_its_own() {
    Actor ada = mind.person("ada" + System.nanoTime());
    mind.persona("other" + database, "kira" + database);
    String direct = mind.direct(ada);
    mind.says(ada, direct, "I like marzipan");
    assertThat(mind.texts(ada, direct, "Do I like marzipan?")).hasSize(1);
    assertThat(
            mind.memories
                .recall()
                .of(
                    new Recall.Question(
                        "other" + database,
                        ada.id(),
                        Optional.of(direct),
                        "Do I like marzipan?",
                        5,
                        Moment.now(mind.clock))))
        .isEmpty();
  }

  private void identify(Actor account, Actor person) {
    mind.write(
        "INSERT INTO identities (account, person, said_by, at) VALUES (?, ?, ?, 0)",
        account.id(),
        person.id(),
        person.id());
  }

  @Test
  void what_a_visitor_told_it_alone_is_said_to_who_that_was_alone_and_not_the_other_way_round() {
    Actor ada = mind.person("ada" + System.nanoTime());
    Actor bob = mind.person("bob" + System.nanoTime());
    Actor visitor = mind.person("visitor" + System.nanoTime());
    String asVisitor = mind.direct(visitor);
    String alone = mind.direct(ada);
    String question = "Where do I live?";
    mind.says(visitor, asVisitor, "I live in Lisbon");
    mind.says(ada, alone, "I like figs");
    assertThat(mind.texts(ada, alone, question)).isEmpty();

    identify(visitor, ada);
    assertThat(mind.texts(ada, alone, question)).containsExactly("lives in Lisbon");
    assertThat(mind.texts(ada, mind.room("private", ada), question)).hasSize(1);
    assertThat(mind.texts(ada, mind.room("private", ada, bob), question)).isEmpty();
    assertThat(mind.texts(ada, mind.room("public", ada), question)).isEmpty();
    assertThat(mind.texts(bob, mind.direct(bob), question)).isEmpty();
    assertThat(mind.texts(visitor, asVisitor, "What do I like?")).isEmpty();

    mind.write("DELETE FROM identities WHERE account = ?", visitor.id());
    assertThat(mind.texts(ada, alone, question)).isEmpty();
  }

  @Test
  void what_others_said_where_a_visitor_was_is_not_said_to_who_that_was() {
    Actor ada = mind.person("ada" + System.nanoTime());
    Actor bob = mind.person("bob" + System.nanoTime());
    Actor visitor = mind.person("visitor" + System.nanoTime());
    String room = mind.room("private", bob, visitor);
    mind.says(bob, room, "Remember that the vault opens at noon");
    identify(visitor, ada);
    String question = "When does the vault open?";
    assertThat(mind.texts(visitor, mind.direct(visitor), question)).hasSize(1);
    assertThat(mind.texts(ada, mind.direct(ada), question)).isEmpty();
  }
}
