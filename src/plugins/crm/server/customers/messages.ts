import type { Messages } from '../kernel';

export const customersMessages: Messages = {
  ja: {
    'customers.not-found':
      'このお客様は見つかりません。削除されたか、URLが誤っている可能性があります。',
    'customers.invalid-fields': '入力内容をご確認ください。',
    'customers.email-taken': 'このメールアドレスは、別のお客様が使用しています。',
    'customers.number-taken': 'この顧客番号は、別のお客様が使用しています。',
    'customers.identity-taken': 'この連絡先は、すでに別のお客様の本人確認に使われています。',
    'customers.issue.email-taken': 'このメールアドレスは、別のお客様が使用しています。',
    'customers.issue.number-taken': 'この顧客番号は、別のお客様が使用しています。',
    'customers.issue.invalid-email':
      'メールアドレスの形が正しくありません。「name@example.jp」のように入力してください。',
    'customers.issue.invalid-phone':
      '電話番号が正しくありません。市外局番から「03-1234-5678」のように入力してください。',
    'customers.issue.invalid-postal-code':
      '郵便番号は7桁の数字で入力してください（例：150-0001）。',
    'customers.issue.invalid-kana': 'フリガナは、ひらがなまたはカタカナで入力してください。',
    'customers.issue.invalid-date': '存在する日付を「1990-04-01」のように入力してください。',
  },
  en: {
    'customers.not-found':
      'This customer does not exist. It may have been deleted, or the address is wrong.',
    'customers.invalid-fields': 'Please check what you entered.',
    'customers.email-taken': 'Another customer already uses this e-mail address.',
    'customers.number-taken': 'Another customer already has this customer number.',
    'customers.identity-taken': 'Another customer has already proved that this contact is theirs.',
    'customers.issue.email-taken': 'Another customer already uses this e-mail address.',
    'customers.issue.number-taken': 'Another customer already has this customer number.',
    'customers.issue.invalid-email':
      'This is not an e-mail address. Enter one like name@example.com.',
    'customers.issue.invalid-phone':
      'This is not a phone number. Enter it with its area code, like 03-1234-5678.',
    'customers.issue.invalid-postal-code': 'Enter a postal code of seven digits, like 150-0001.',
    'customers.issue.invalid-kana': 'Enter the reading in hiragana or katakana.',
    'customers.issue.invalid-date': 'Enter a date that exists, like 1990-04-01.',
  },
};
