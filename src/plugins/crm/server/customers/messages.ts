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
    'customers.issue.invalid-value': 'この項目には保存できない値です。',
    'customers.import.issue.invalid-value': 'この項目には保存できない値です。',
    'customers.postal-code-unknown':
      'この郵便番号の住所は見つかりませんでした。住所を直接入力してください。',
    'customers.merge.two-logins':
      'どちらのお客様にもログインのアカウントがあるため、統合できません。片方のアカウントを退会してから統合してください。',
    'customers.merge.not-found': 'この統合の記録は見つかりません。',
    'customers.merge.not-now':
      'この統合は、いまは元に戻せません。あとから行った統合がある場合は、新しいものから順に戻してください。',
    'customers.view.not-found': 'このビューは見つかりません。ほかの人が削除した可能性があります。',
    'customers.view.not-yours':
      'このビューを変更・削除できるのは、保存した人とスーパー管理者だけです。同じ条件で、ご自分のビューを新しく保存できます。',
    'customers.bulk.nobody': '対象のお客様がいません。条件を確かめてください。',
    'customers.bulk.not-found': 'この一括操作の記録は見つかりません。',
    'customers.bulk.not-now': 'この一括操作は、いまは元に戻せません。',
    'customers.import.no-file': 'CSVファイルを選んでください。',
    'customers.import.empty': 'ファイルが空か、1行目に見出しがありません。',
    'customers.import.not-text':
      'CSVまたはExcel（.xlsx）のファイルではないようです。ファイルの種類を確かめてください。',
    'customers.import.missing-columns':
      '必要な列がありません：{missing}。見つかった見出し：{found}',
    'customers.import.not-found': 'この取り込みの記録は見つかりません。',
    'customers.import.not-a-workbook':
      'Excelのファイルとして読み取れません。Excelで開いて保存し直すか、CSVで保存してください。',
    'customers.import.workbook-too-large':
      'このExcelファイルは展開すると大きすぎるため、読み取りを中止しました。CSVで保存してください。',
    'customers.import.workbook-locked':
      'パスワードで保護されたファイルは読み取れません。保護を解除してから保存し直してください。',
    'customers.import.too-large': 'ファイルが大きすぎます。分割してから取り込んでください。',
    'customers.import.too-many-columns':
      '列が多すぎます（{found}列）。使わない列を削除し、{most}列以内にしてください。',
    'customers.import.file-gone':
      'アップロードしたファイルは保存期間を過ぎたか、取り込みが完了したため残っていません。もう一度選んでください。',
    'customers.import.broken-mapping':
      '列の割り当てに誤りがあります。同じ項目を2つの列に割り当てることはできません。',
    'customers.import.not-now': 'この取り込みの現在の状態では、この操作はできません。',
    'customers.import.heading.line': '行',
    'customers.import.heading.reason': '取り込めなかった理由',
    'customers.import.issue.invalid-email': 'メールアドレスの形が正しくありません。',
    'customers.import.issue.invalid-phone': '電話番号が正しくありません。',
    'customers.import.issue.invalid-postal-code': '郵便番号は7桁の数字で入力してください。',
    'customers.import.issue.invalid-kana': 'フリガナに、かな以外の文字があります。',
    'customers.import.issue.invalid-date': '日付として読み取れません。',
    'customers.import.issue.invalid-locale': '言語は ja または en で入力してください。',
    'customers.import.issue.invalid-consent':
      '配信の可否は「はい」「いいえ」または空欄で入力してください。',
    'customers.import.issue.invalid-line-id':
      'LINEのユーザーIDとして読み取れません（「U」に続く32桁の英数字）。',
    'customers.import.issue.invalid-number': '整数で入力してください。',
    'customers.import.issue.invalid-status': '状態として読み取れません。',
    'customers.import.issue.invalid-interval':
      '周期として読み取れません（毎週・毎月・3か月・半年・毎年）。',
    'customers.import.issue.invalid-address':
      'http://またはhttps://で始まるURLを入力してください。',
    'customers.import.issue.other-currency':
      '日本円以外の金額は取り込めません（円に換算してから取り込んでください）。',
    'customers.import.issue.unknown-order':
      'この注文番号の注文はありません。先に注文を取り込んでください。',
    'customers.import.issue.unknown-line': 'この注文に、この商品または明細がありません。',
    'customers.import.issue.return-too-many': '返品の数量が、購入された数量を超えています。',
    'customers.import.issue.refund-too-large': '返金額が、支払われた金額の残りを超えています。',
    'customers.import.issue.refund-differs':
      'この返品番号は、金額の異なる返金としてすでに登録されています。',
    'customers.import.issue.incomplete-return':
      '同じ返品の別の行に誤りがあるため、返品全体を取り込みませんでした。',
    'customers.import.issue.payment-elsewhere':
      'この決済番号は、ほかの注文の支払いとして登録されています。',
    'customers.import.issue.too-long': '文字数が多すぎます（255文字まで）。',
    'customers.import.issue.missing': 'この列は必須です。',
    'customers.import.issue.no-key': '顧客番号かメールアドレスのどちらかが必要です。',
    'customers.import.issue.email-taken':
      'このメールアドレスは、別の顧客番号のお客様が使用しています。',
    'customers.import.issue.unknown-customer':
      'このお客様は登録されていません。先に顧客を取り込んでください。',
    'customers.import.issue.incomplete-order':
      '同じ注文の別の行に誤りがあるため、注文全体を取り込みませんでした。',
    'customers.import.issue.scattered-order':
      '同じ注文番号の行が離れた場所にもあり、内容が異なります。注文番号順に並べ替えてください。',
    'customers.import.issue.contradicting-order':
      '同じ注文の行で、お客様・日時・状態・合計が一致していません。',
    'customers.import.issue.column-count':
      '見出しより列が多い行です。カンマを含む値は引用符で囲んでください。',
    'customers.import.issue.unclosed-quote': '引用符（"）が閉じられていません。',
    'customers.import.issue.line-too-long': '1行が長すぎて読み取れません。',
    'customers.import.issue.broken-characters': '文字化けしている文字があります。',
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
    'customers.issue.invalid-value': 'This field cannot hold that value.',
    'customers.import.issue.invalid-value': 'This field cannot hold that value.',
    'customers.postal-code-unknown':
      'We know no address for this postal code. Please enter the address yourself.',
    'customers.merge.two-logins':
      'Both have a login of their own, so they cannot be merged. Close one of the accounts first.',
    'customers.merge.not-found': 'There is no record of this merge.',
    'customers.merge.not-now':
      'This merge cannot be undone now. Undo later merges of the same person first.',
    'customers.view.not-found': 'There is no such view; somebody may have deleted it.',
    'customers.view.not-yours':
      'Only whoever made this view, or a super admin, can change or delete it. You can keep one of your own with the same conditions.',
    'customers.bulk.nobody': 'Nobody is meant. Check the conditions.',
    'customers.bulk.not-found': 'There is no record of this action.',
    'customers.bulk.not-now': 'This action cannot be undone as it stands now.',
    'customers.import.no-file': 'Choose a CSV file.',
    'customers.import.empty': 'The file is empty, or its first line has no headings.',
    'customers.import.not-text': 'This looks neither like a CSV nor like an Excel (.xlsx) file.',
    'customers.import.missing-columns':
      'Needed columns are missing: {missing}. Headings found: {found}',
    'customers.import.not-found': 'There is no record of this import.',
    'customers.import.not-a-workbook':
      'This cannot be read as an Excel file. Open and save it in Excel again, or save it as CSV.',
    'customers.import.workbook-too-large':
      'This Excel file is too large once unpacked, so it was not read. Save it as CSV.',
    'customers.import.workbook-locked':
      'The file is protected by a password. Save it without one first.',
    'customers.import.too-large': 'The file is too large. Split it first.',
    'customers.import.too-many-columns':
      'There are too many columns ({found}). Remove those you do not need; {most} are taken.',
    'customers.import.file-gone':
      'The uploaded file is not kept any more: it is imported already, or too old. Choose it again.',
    'customers.import.broken-mapping':
      'The columns are not mapped correctly. A field can only be used for one column.',
    'customers.import.not-now': 'This cannot be done with the import as it stands now.',
    'customers.import.heading.line': 'Line',
    'customers.import.heading.reason': 'Why it was not imported',
    'customers.import.issue.invalid-email': 'Not an e-mail address.',
    'customers.import.issue.invalid-phone': 'Not a phone number.',
    'customers.import.issue.invalid-postal-code': 'A postal code has seven digits.',
    'customers.import.issue.invalid-kana': 'The reading has characters other than kana.',
    'customers.import.issue.invalid-date': 'Cannot be read as a date.',
    'customers.import.issue.invalid-locale': 'The language must be ja or en.',
    'customers.import.issue.invalid-consent': 'Consent must be yes, no or empty.',
    'customers.import.issue.invalid-line-id':
      'Not a user id of LINE (a “U” and 32 hexadecimal digits).',
    'customers.import.issue.invalid-number': 'Must be a whole number.',
    'customers.import.issue.invalid-status': 'Not a state that is known.',
    'customers.import.issue.invalid-interval':
      'Not an interval (week, month, quarter, half-year, year).',
    'customers.import.issue.invalid-address': 'Must be an address with http:// or https://.',
    'customers.import.issue.other-currency': 'Only yen are taken. Convert the amount first.',
    'customers.import.issue.unknown-order': 'No such order. Import the orders first.',
    'customers.import.issue.unknown-line': 'The order has no such product or line.',
    'customers.import.issue.return-too-many': 'More pieces came back than were bought.',
    'customers.import.issue.refund-too-large': 'More than was paid and is left.',
    'customers.import.issue.refund-differs': 'Known already, as a refund of another amount.',
    'customers.import.issue.incomplete-return':
      'Another row of this return is wrong, so the whole return was left out.',
    'customers.import.issue.payment-elsewhere': 'Known already, as a payment of another order.',
    'customers.import.issue.too-long': 'Too long (255 characters at most).',
    'customers.import.issue.missing': 'This column must be filled.',
    'customers.import.issue.no-key': 'A customer number or an e-mail address is needed.',
    'customers.import.issue.email-taken':
      'A customer with another number already uses this e-mail address.',
    'customers.import.issue.unknown-customer': 'No such customer. Import the customers first.',
    'customers.import.issue.incomplete-order':
      'Another row of this order is broken, so the whole order was left out.',
    'customers.import.issue.scattered-order':
      'Rows of this order also stand elsewhere and differ. Sort the file by order number.',
    'customers.import.issue.contradicting-order':
      'The rows of this order disagree on customer, date, state or total.',
    'customers.import.issue.column-count':
      'More cells than headings. Put values with commas in quotes.',
    'customers.import.issue.unclosed-quote': 'A quotation mark (") is not closed.',
    'customers.import.issue.line-too-long': 'The line is too long to be read.',
    'customers.import.issue.broken-characters': 'Some characters are broken.',
  },
};
