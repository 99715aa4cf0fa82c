package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each message proposes, and which messages propose different entries for one place. */
final class Proposals {
  /** An entry, by its hash, for one slot in one ballot. */
  record Proposal(Place place, EntryHash hash) {}

  record Place(Ballot ballot, long slot) {}

  private record Made(int message, EntryHash hash) {}

  private final Envelopes envelopes;
  private final Map<Place, List<Made>> byPlace = new HashMap<>();
  private final List<List<Proposal>> byMessage = new ArrayList<>();
  private final List<List<Integer>> contradicting = new ArrayList<>();

  Proposals(Envelopes envelopes) {
    this.envelopes = envelopes;
  }

  /** What {@code message} proposes. */
  List<Proposal> of(int message) {
    know(message);
    return byMessage.get(message);
  }

  /** The messages that must not be under way together with {@code message}. */
  List<Integer> contradicting(int message) {
    know(message);
    return contradicting.get(message);
  }

  private void know(int message) {
    for (int number = byMessage.size(); number <= message; number++) {
      List<Proposal> made = proposals(envelopes.at(number).message());
      byMessage.add(made);
      contradicting.add(new ArrayList<>());
      for (Proposal proposal : made) {
        compare(number, proposal);
      }
    }
  }

  private static List<Proposal> proposals(Message message) {
    return switch (message) {
      case Message.Accept accept -> List.of(proposal(accept.ballot(), accept.logged()));
      case Message.Sync sync ->
          sync.entries().stream().map(logged -> proposal(sync.ballot(), logged)).toList();
      default -> List.of();
    };
  }

  private static Proposal proposal(Ballot ballot, LoggedEntry logged) {
    return new Proposal(new Place(ballot, logged.slot()), logged.hash());
  }

  private void compare(int number, Proposal proposal) {
    List<Made> known = byPlace.computeIfAbsent(proposal.place(), _ -> new ArrayList<>());
    for (Made other : known) {
      if (!other.hash().equals(proposal.hash())) {
        contradicting.get(number).add(other.message());
        contradicting.get(other.message()).add(number);
      }
    }
    known.add(new Made(number, proposal.hash()));
  }
}
