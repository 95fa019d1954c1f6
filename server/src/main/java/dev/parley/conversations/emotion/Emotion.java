package dev.parley.conversations.emotion;

/** What a text may express. The words that stand for each are in {@code emotions.txt}. */
public enum Emotion {
  JOY,
  GRATITUDE,
  AFFECTION,
  HOPE,
  PRIDE,
  EXCITEMENT,
  RELIEF,
  AMUSEMENT,
  SURPRISE,
  CURIOSITY,
  CONFUSION,
  ANGER,
  FRUSTRATION,
  DISAPPOINTMENT,
  SADNESS,
  FEAR,
  DISGUST,
  SHAME,
  LONELINESS
}
