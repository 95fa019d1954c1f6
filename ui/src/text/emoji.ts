/** The emoji that the page offers, with the words by which they are found. Any other can be typed. */
export const EMOJI: readonly (readonly [emoji: string, name: string])[] = [
  ['👍', 'thumbs up'], ['👎', 'thumbs down'], ['❤️', 'red heart'], ['🎉', 'party'], ['😂', 'tears of joy'],
  ['🙏', 'thanks'], ['👀', 'eyes'], ['🔥', 'fire'], ['✅', 'check done'], ['❌', 'cross no'], ['💯', 'hundred'],
  ['🚀', 'rocket'], ['👏', 'clap'], ['🙌', 'raised hands'], ['🤝', 'handshake deal'], ['💪', 'strong'],
  ['👋', 'wave hello'], ['✨', 'sparkles'], ['💡', 'idea'], ['⭐', 'star'], ['😀', 'grin'], ['😃', 'smile'],
  ['😄', 'laugh'], ['😅', 'sweat relief'], ['😊', 'blush happy'], ['🙂', 'slight smile'], ['😉', 'wink'],
  ['😍', 'heart eyes'], ['😘', 'kiss'], ['😎', 'cool sunglasses'], ['🤩', 'star struck'], ['🥳', 'celebrate'],
  ['🤔', 'thinking'], ['🤨', 'doubt'], ['😐', 'neutral'], ['😶', 'speechless'], ['🙄', 'eye roll'], ['😏', 'smirk'],
  ['😬', 'grimace'], ['😴', 'sleep'], ['😌', 'relieved'], ['😢', 'cry'], ['😭', 'sob'], ['😞', 'sad'],
  ['😕', 'confused'], ['😮', 'surprised'], ['😱', 'scream'], ['😡', 'angry'], ['🤯', 'mind blown'], ['🤗', 'hug'],
  ['🤦', 'facepalm'], ['🤷', 'shrug'], ['🫡', 'salute'], ['🤖', 'robot'], ['👻', 'ghost'], ['🎂', 'cake birthday'],
  ['☕', 'coffee'], ['🍕', 'pizza'], ['🍻', 'cheers beer'], ['🌱', 'seedling'], ['🌈', 'rainbow'], ['☀️', 'sun'],
  ['🌙', 'moon'], ['⚡', 'lightning'], ['❄️', 'snow'], ['🐛', 'bug'], ['🐢', 'turtle slow'], ['🦊', 'fox'],
  ['🐙', 'octopus'], ['📌', 'pin'], ['📎', 'paperclip'], ['📅', 'calendar'], ['⏰', 'clock alarm'], ['🔒', 'lock'],
  ['🔑', 'key'], ['🛠️', 'tools'], ['📈', 'chart up'], ['📉', 'chart down'], ['🏁', 'finish'], ['❓', 'question'],
  ['❗', 'exclamation'], ['⚠️', 'warning'],
];
